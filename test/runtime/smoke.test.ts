import { expect, it } from "vitest";
import { edge, node, ref, startFarm } from "./farm.js";
it("smoke", async () => {
  const farm = startFarm();
  await farm.write([
    node("farm", "F1", { name: "Horns", featured: [ref("T2"), ref("T1")] }),
    node("turbine", "T1", { name: "one", capacity: 7, farm: ref("F1"), similar: [ref("T2")] }),
    node("turbine", "T2", { name: "two", capacity: 3, farm: ref("F1"), next: ref("T1") }),
    node("blade", "B1", { name: "b", is_damaged: true, turbine: ref("T1") }),
    node("metmast", "M1", { height: 3 }),
    edge("e1", "near", "T1", "M1", 5), edge("e2", "gate", "T1", "M1"),
  ]);
  console.dir(await farm.on("turbine").list({ select: { name: true, farm: { select: { name: true, featured: { select: { name: true } }, byContainer: true, bigs: {} } }, blades: {}, similarTo: true, previous: { select: { capacity: true } }, metmasts: { edge: true, node: {} }, gateway: true }, sort: [{ name: "asc" }] }), { depth: 9 });
  console.dir(farm.on("turbine").list({ select: { similarTo: true, farm: {} } }).explain(), { depth: 9 });
  console.dir(await farm.on("metmast").list({ select: { turbines: { edge: { select: { distance: true, surveyor: {} } } }, bigs: {} } }), { depth: 9 });
  expect(1).toBe(1);
});
