import type { UntypedListArgs } from "../../../../src/runtime/types/untyped.js";
import type { CountedFarm } from "./farm.js";

/** A call as people write it, and what runs it. */
export interface PlannerShape {
  readonly code: string;
  readonly run: (farm: CountedFarm) => Promise<unknown>;
}

const rows = async (list: AsyncIterable<unknown>): Promise<void> => {
  for await (const row of list) if (row === null) throw new Error("a row is null");
};

/** A list whose arguments are told as they are written. */
function list(handle: string, args: UntypedListArgs): PlannerShape {
  return { code: `${handle}.list(${textOf(args)})`, run: (farm) => rows(farm.handle(handle).list(args)) };
}

/** Arguments as TypeScript has them. */
function textOf(args: object): string {
  return Object.keys(args).length === 0
    ? ""
    : JSON.stringify(args)
        .replace(/"(\w+|\$\w+)":/g, "$1: ")
        .replaceAll(",", ", ");
}

const name = { select: { name: true } };
const byName = [{ name: "asc" }];
const allIds = ({ turbines }: CountedFarm): string[] =>
  Array.from({ length: turbines }, (_, index) => `turbine_${index}`);

/** Shapes that are typical of applications. Each reads all there is, unless it says otherwise. */
export const plannerShapes: readonly PlannerShape[] = [
  list("turbine", {}),
  list("turbine", { select: { name: true, farm: true } }),
  list("turbine", { where: { capacity: { gte: 0 } }, sort: byName, select: { name: true } }),
  list("turbine", { sort: byName, limit: 10 }),
  { code: "turbine.list().first()", run: (farm) => farm.handle("turbine").list().first() },
  { code: "turbine.list().count()", run: (farm) => farm.handle("turbine").list().count() },
  list("turbine", { select: { farm: name } }),
  list("turbine", { select: { neighbours: name } }),
  list("turbine", { select: { blades: true } }),
  list("turbine", { select: { blades: name } }),
  list("turbine", { select: { blades: { ...name, sort: byName, limit: 2 } } }),
  list("turbine", { select: { blades: { where: { isDamaged: true }, ...name } } }),
  list("turbine", { select: { nacelle: { select: { serialNumber: true } } } }),
  list("turbine", { select: { inspections: { select: { severity: true } } } }),
  list("turbine", { select: { metmasts: name } }),
  list("turbine", { select: { metmasts: { edge: { select: { distance: true } }, node: name } } }),
  list("turbine", { select: { wakes: name, wakedBy: name } }),
  list("turbine", { select: { farm: name, blades: name, sensors: name } }),
  list("turbine", { select: { farm: name, blades: name, metmasts: { edge: true, node: name } } }),
  list("turbine", { select: { farm: { select: { turbines: { select: { name: true }, limit: 3, sort: byName } } } } }),
  list("turbine", { select: { neighbours: { select: { blades: name } } } }),
  list("turbine", { select: { blades: name, inspections: { select: { turbines: name } } } }),
  list("blade", { select: { turbine: { select: { farm: name } } } }),
  list("farm", { select: { turbines: { select: { blades: name } } } }),
  list("farm", {
    select: { turbines: { select: { blades: name, sensors: name, nacelle: { select: { mass: true } } } } },
  }),
  list("turbine", { where: { farm: { is: { name: { prefix: "Farm" } } } }, ...name }),
  list("turbine", { where: { blades: { some: { isDamaged: true } } }, ...name }),
  list("turbine", { where: { metmasts: { some: { edge: { distance: { gte: 0 } } } } }, select: { blades: name } }),
  list("farm", { where: { turbines: { some: { inspections: { some: {} } } } }, select: { country: true } }),
  {
    code: "turbine.retrieve(ids, {select: {blades: {select: {name: true}}}})",
    run: (farm) => farm.handle("turbine").retrieve(allIds(farm), { select: { blades: name } }),
  },
];
