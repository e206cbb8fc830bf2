import type { UntypedListArgs } from "../../../../src/runtime/types/untyped.js";
import type { CountedFarm, FarmSize } from "./farm.js";

/** A call as people write it, and what runs it. */
export interface PlannerShape {
  readonly code: string;
  readonly run: (farm: CountedFarm) => Promise<unknown>;
  /** How many requests it takes, by the number of pages alone. */
  readonly requests: (size: FarmSize) => number;
}

const rows = async (list: AsyncIterable<unknown>): Promise<void> => {
  for await (const row of list) if (row === null) throw new Error("a row is null");
};

/** A list whose arguments are told as they are written. */
function list(handle: string, args: UntypedListArgs, requests: PlannerShape["requests"]): PlannerShape {
  return { code: `${handle}.list(${textOf(args)})`, run: (farm) => rows(farm.handle(handle).list(args)), requests };
}

/** Arguments as TypeScript has them. */
function textOf(args: object): string {
  return Object.keys(args).length === 0
    ? ""
    : JSON.stringify(args)
        .replace(/"(\w+|\$\w+)":/g, "$1: ")
        .replaceAll(",", ", ");
}

/** Pages of so many rows: after a full one there is always another, which may be empty (contract 8.1). */
const pages = (rows: number, size: number): number => Math.floor(rows / size) + 1;

const once = (): number => 1;

/** Everything comes with its page of turbines. */
const byPages = ({ turbines, rootPage }: FarmSize): number => pages(turbines, rootPage);

const byPagesOfBlades = ({ turbines, rootPage }: FarmSize): number => pages(turbines * 3, rootPage);

/** One request more for each so many ids of each page that is not empty. */
const withStage = (size: FarmSize): number => {
  const { turbines, rootPage, chunk } = size;
  return byPages(size) + Math.ceil(turbines / rootPage) * Math.ceil(Math.min(turbines, rootPage) / chunk);
};

/** Sets within a page of farms go on as long as they are larger than a page: their turbines, and three blades to each. */
const byPagesOfFarms = ({ turbines, rootPage, setPage }: FarmSize): number => {
  const farms = turbines / 10;
  const inPage = Math.min(farms, rootPage) * 10;
  const further = Math.floor(inPage / setPage) + Math.floor((inPage * 3) / setPage);
  return pages(farms, rootPage) + Math.ceil(farms / rootPage) * further;
};

/**
 * A condition on a far side, and the rows for which it holds: together where both are less than a page. Else the far side is
 * read by itself, unless it came whole, and then the rows.
 */
const asked =
  (farOf: (turbines: number) => number, foundOf: (turbines: number) => number) =>
  ({ turbines, rootPage, setPage }: FarmSize): number => {
    const [far, found] = [farOf(turbines), foundOf(turbines)];
    if (far < setPage && found < rootPage) return 1;
    return 1 + (far < setPage ? 0 : pages(far, setPage)) + pages(found, rootPage);
  };

/** What is asked within a far side is asked first: of all inspections, of the turbines that they cover, then the farms. */
const askedTwice = ({ turbines, rootPage, setPage }: FarmSize): number =>
  pages(turbines, setPage) + pages(turbines, setPage) + pages(turbines / 10, rootPage);

const name = { select: { name: true } };
const byName = [{ name: "asc" }];
const allIds = ({ turbines }: CountedFarm): string[] =>
  Array.from({ length: turbines }, (_, index) => `turbine_${index}`);

/** Shapes that are typical of applications. Each reads all there is, unless it says otherwise. */
export const plannerShapes: readonly PlannerShape[] = [
  list("turbine", {}, byPages),
  list("turbine", { select: { name: true, farm: true } }, byPages),
  list("turbine", { where: { capacity: { gte: 0 } }, sort: byName, select: { name: true } }, byPages),
  list("turbine", { sort: byName, limit: 10 }, once),
  { code: "turbine.list().first()", run: (farm) => farm.handle("turbine").list().first(), requests: once },
  { code: "turbine.list().count()", run: (farm) => farm.handle("turbine").list().count(), requests: once },
  list("turbine", { select: { farm: name } }, byPages),
  list("turbine", { select: { neighbours: name } }, byPages),
  list("turbine", { select: { blades: true } }, byPages),
  list("turbine", { select: { blades: name } }, byPages),
  list("turbine", { select: { blades: { ...name, sort: byName, limit: 2 } } }, byPages),
  list("turbine", { select: { blades: { where: { isDamaged: true }, ...name } } }, byPages),
  list("turbine", { select: { nacelle: { select: { serialNumber: true } } } }, byPages),
  list("turbine", { select: { inspections: { select: { severity: true } } } }, withStage),
  list("turbine", { select: { metmasts: name } }, byPages),
  list("turbine", { select: { metmasts: { edge: { select: { distance: true } }, node: name } } }, byPages),
  list("turbine", { select: { wakes: name, wakedBy: name } }, byPages),
  list("turbine", { select: { farm: name, blades: name, sensors: name } }, byPages),
  list("turbine", { select: { farm: name, blades: name, metmasts: { edge: true, node: name } } }, byPages),
  list(
    "turbine",
    { select: { farm: { select: { turbines: { select: { name: true }, limit: 3, sort: byName } } } } },
    byPages,
  ),
  list("turbine", { select: { neighbours: { select: { blades: name } } } }, byPages),
  list("turbine", { select: { blades: name, inspections: { select: { turbines: name } } } }, withStage),
  list("blade", { select: { turbine: { select: { farm: name } } } }, byPagesOfBlades),
  list("farm", { select: { turbines: { select: { blades: name } } } }, byPagesOfFarms),
  list(
    "farm",
    {
      select: { turbines: { select: { blades: name, sensors: name, nacelle: { select: { mass: true } } } } },
    },
    byPagesOfFarms,
  ),
  list("turbine", { where: { farm: { is: { name: { prefix: "Farm" } } } }, ...name }, byPages),
  list(
    "turbine",
    { where: { blades: { some: { isDamaged: true } } }, ...name },
    asked(
      (turbines) => (turbines / 10) * 3,
      (turbines) => turbines / 10,
    ),
  ),
  list(
    "turbine",
    { where: { metmasts: { some: { edge: { distance: { gte: 0 } } } } }, select: { blades: name } },
    asked(
      (turbines) => turbines,
      (turbines) => turbines,
    ),
  ),
  list("farm", { where: { turbines: { some: { inspections: { some: {} } } } }, select: { country: true } }, askedTwice),
  {
    code: "turbine.retrieve(ids, {select: {blades: {select: {name: true}}}})",
    run: (farm) => farm.handle("turbine").retrieve(allIds(farm), { select: { blades: name } }),
    requests: ({ turbines, chunk }) => Math.ceil(turbines / chunk),
  },
];
