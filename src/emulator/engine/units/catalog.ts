/** How a unit relates to the base unit of its quantity: `base = value * factor + offset`. */
export interface Scale {
  readonly factor: number;
  readonly offset: number;
}

/** A quantity: its units by the last part of their external ids, and the units that unit systems choose. */
export interface Quantity {
  readonly units: ReadonlyMap<string, Scale>;
  readonly systems: ReadonlyMap<string, string>;
}

const INCH = 0.0254;
const FOOT = 0.3048;
const MILE = 1609.344;
const POUND = 0.453_592_37;
const GRAVITY = 9.806_65;
const POUND_FORCE = POUND * GRAVITY;
const PSI = POUND_FORCE / INCH ** 2;
const GALLON = 231 * INCH ** 3;
const BARREL = 42 * GALLON;
const BTU = 1055.055_852_62;
const HORSEPOWER = 550 * FOOT * POUND_FORCE;
const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;
const TURN = 2 * Math.PI;
const RANKINE = 5 / 9;

type Row = readonly [
  name: string,
  systems: string,
  units: Readonly<Record<string, number | readonly [number, number]>>,
];

/**
 * The quantities that the emulator can convert. `systems` names the units of `Default`, `SI` and `Imperial`, in this
 * order; one that is missing is that of `Default`.
 */
const ROWS: readonly Row[] = [
  [
    "acceleration",
    "m-per-sec2 m-per-sec2 ft-per-sec2",
    { "m-per-sec2": 1, "ft-per-sec2": FOOT, "centim-per-sec2": 0.01, g: GRAVITY },
  ],
  ["angle", "deg rad", { rad: 1, deg: TURN / 360, rev: TURN, grad: TURN / 400 }],
  [
    "angular_velocity",
    "rev-per-sec rad-per-sec",
    { "rad-per-sec": 1, "rev-per-sec": TURN, "rev-per-min": TURN / MINUTE, "deg-per-sec": TURN / 360 },
  ],
  ["area", "m2 m2 ft2", { m2: 1, centim2: 1e-4, millim2: 1e-6, kilom2: 1e6, ft2: FOOT ** 2, in2: INCH ** 2, ha: 1e4 }],
  [
    "density",
    "kilogm-per-m3 kilogm-per-m3 lb-per-ft3",
    { "kilogm-per-m3": 1, "gm-per-centim3": 1000, "kilogm-per-l": 1000, "lb-per-ft3": POUND / FOOT ** 3 },
  ],
  ["dimensionless_ratio", "fraction", { fraction: 1, percent: 0.01, ppm: 1e-6 }],
  ["dynamic_viscosity", "pa-sec", { "pa-sec": 1, centipoise: 1e-3, poise: 0.1 }],
  ["electric_current", "a", { a: 1, millia: 1e-3, microa: 1e-6, kiloa: 1000 }],
  ["electric_potential", "v", { v: 1, milliv: 1e-3, kilov: 1000, megav: 1e6 }],
  [
    "energy",
    "j j btu_it",
    {
      j: 1,
      kiloj: 1e3,
      megaj: 1e6,
      gigaj: 1e9,
      "w-hr": HOUR,
      "kilow-hr": HOUR * 1e3,
      "megaw-hr": HOUR * 1e6,
      btu_it: BTU,
    },
  ],
  ["force", "n n lb_f", { n: 1, kilon: 1000, megan: 1e6, lb_f: POUND_FORCE }],
  ["frequency", "hz", { hz: 1, kilohz: 1e3, megahz: 1e6, gigahz: 1e9 }],
  [
    "length",
    "m m ft",
    { m: 1, kilom: 1000, centim: 0.01, millim: 1e-3, microm: 1e-6, ft: FOOT, in: INCH, yd: 3 * FOOT, mi: MILE },
  ],
  ["mass", "kilogm kilogm lb", { kilogm: 1, gm: 1e-3, milligm: 1e-6, tonne: 1000, lb: POUND, ton_us: 2000 * POUND }],
  [
    "mass_flow_rate",
    "kilogm-per-sec kilogm-per-sec lb-per-sec",
    {
      "kilogm-per-sec": 1,
      "kilogm-per-min": 1 / MINUTE,
      "kilogm-per-hr": 1 / HOUR,
      "kilogm-per-day": 1 / DAY,
      "tonne-per-hr": 1000 / HOUR,
      "lb-per-sec": POUND,
      "lb-per-hr": POUND / HOUR,
    },
  ],
  ["power", "w w hp", { w: 1, milliw: 1e-3, kilow: 1e3, megaw: 1e6, gigaw: 1e9, hp: HORSEPOWER, "j-per-sec": 1 }],
  [
    "pressure",
    "bar pa psi",
    { pa: 1, hectopa: 100, kilopa: 1e3, megapa: 1e6, bar: 1e5, millibar: 100, psi: PSI, atm: 101_325 },
  ],
  [
    "pressure_gradient",
    "bar-per-m pa-per-m psi-per-ft",
    { "pa-per-m": 1, "bar-per-m": 1e5, "kilopa-per-m": 1e3, "psi-per-ft": PSI / FOOT },
  ],
  ["reactive_power", "var", { var: 1, kilovar: 1e3, megavar: 1e6 }],
  ["resistance", "ohm", { ohm: 1, milliohm: 1e-3, kiloohm: 1e3, megaohm: 1e6 }],
  ["temperature", "deg_c k deg_f", { k: 1, deg_c: [1, 273.15], deg_f: [RANKINE, 459.67 * RANKINE], deg_r: RANKINE }],
  ["time", "sec", { sec: 1, millisec: 1e-3, microsec: 1e-6, min: MINUTE, hr: HOUR, day: DAY, wk: 7 * DAY }],
  [
    "torque",
    "n-m n-m lb_f-ft",
    { "n-m": 1, "kilon-m": 1000, "lb_f-ft": POUND_FORCE * FOOT, "lb_f-in": POUND_FORCE * INCH },
  ],
  [
    "velocity",
    "m-per-sec m-per-sec ft-per-sec",
    {
      "m-per-sec": 1,
      "kilom-per-hr": 1000 / HOUR,
      "ft-per-sec": FOOT,
      "ft-per-min": FOOT / MINUTE,
      "mi-per-hr": MILE / HOUR,
      kn: 1852 / HOUR,
    },
  ],
  ["volume", "m3 m3 ft3", { m3: 1, l: 1e-3, millil: 1e-6, ft3: FOOT ** 3, gal_us: GALLON, bbl: BARREL }],
  [
    "volume_flow_rate",
    "m3-per-sec m3-per-sec ft3-per-sec",
    {
      "m3-per-sec": 1,
      "m3-per-min": 1 / MINUTE,
      "m3-per-hr": 1 / HOUR,
      "m3-per-day": 1 / DAY,
      "l-per-sec": 1e-3,
      "l-per-min": 1e-3 / MINUTE,
      "l-per-hr": 1e-3 / HOUR,
      "ft3-per-sec": FOOT ** 3,
      "ft3-per-min": FOOT ** 3 / MINUTE,
      "gal_us-per-min": GALLON / MINUTE,
      "bbl-per-day": BARREL / DAY,
    },
  ],
];

/** The names of unit systems. */
export const UNIT_SYSTEMS: readonly string[] = ["Default", "SI", "Imperial"];

/** The quantities by the first part of their units' external ids, such as `pressure` of `pressure:bar`. */
export const QUANTITIES: ReadonlyMap<string, Quantity> = /* @__PURE__ */ new Map(
  ROWS.map(([name, chosen, units]) => [
    name,
    { units: new Map(Object.entries(units).map(([id, scale]) => [id, scaleOf(scale)])), systems: systemsOf(chosen) },
  ]),
);

function scaleOf(scale: number | readonly [number, number]): Scale {
  const [factor, offset] = typeof scale === "number" ? [scale, 0] : scale;
  return { factor, offset };
}

function systemsOf(chosen: string): ReadonlyMap<string, string> {
  const units = chosen.split(" ");
  return new Map(UNIT_SYSTEMS.map((system, index) => [system, units[index] ?? units[0] ?? ""]));
}
