import { describe, expect, it } from "vitest";
import { gate } from "../../tools/gate.js";
import { type FarmClient, node, ref, startFarm } from "../farm.js";

/**
 * Two pages of two turbines, with what is similar to each in an answer of its own. That of the third turbine has a wrong
 * value and comes first, then those of the first page, then once `last` is called that of the fourth.
 */
async function pagesAnsweredBackwards(validation: "strict" | "warn") {
  const [ahead, fourth] = [gate(), gate()];
  const around: FarmClient["around"] = async (request, service) => {
    const asked = await request.clone().text();
    const answer = await service(request);
    const id = asked.includes("containsAny") ? /"(T\d)"/.exec(asked)?.[1] : undefined;
    if (id === "T1" || id === "T2") await ahead.opened;
    if (id === "T4") await fourth.opened;
    if (id !== "T3") return answer;
    // Long enough for the answer to be read.
    setTimeout(ahead.open, 50);
    return new Response((await answer.text()).replace(/"capacity":\d+/, '"capacity":"many"'), answer);
  };
  const warnings: string[] = [];
  const logger = { debug() {}, info() {}, warn: (message: string) => warnings.push(message), error() {} };
  const farm = startFarm({}, { around, validation, logger });
  const numbers = [1, 2, 3, 4];
  // Long answers are the ones whose end is looked at for the next page before they are read.
  const turbines = numbers.map((number) => node("turbine", `T${number}`, { name: "long ".repeat(4_000) }));
  const similar = numbers.map((number) =>
    node("turbine", `S${number}`, { name: "S", capacity: number, similar: [ref(`T${number}`)] }),
  );
  await farm.write([...turbines, ...similar]);
  const pages = farm
    .on("turbine", { chunk: 1 })
    .list({
      select: { name: true, similarTo: { select: { capacity: true } } },
      where: { externalId: { prefix: "T" } },
      sort: [{ externalId: "asc" }],
      pageSize: 2,
    })
    .pages();
  return { pages: pages[Symbol.asyncIterator](), last: fourth.open, warnings };
}

describe("a wrong value of a page that is read ahead", () => {
  it("ends the list at its own page", async () => {
    const { pages, last } = await pagesAnsweredBackwards("strict");
    expect(await pages.next()).toMatchObject({ value: { items: [ref("T1"), ref("T2")] } });
    last();
    await expect(pages.next()).rejects.toMatchObject({
      code: "RESPONSE.VALUE",
      mismatched: [{ ...ref("S3"), path: "capacity" }],
    });
  });

  it("is told with its own page, where it is only told", async () => {
    const { pages, last, warnings } = await pagesAnsweredBackwards("warn");
    await pages.next();
    expect(warnings).toEqual([]);
    last();
    expect(await pages.next()).toMatchObject({ value: { items: [{ similarTo: [{ capacity: "many" }] }, ref("T4")] } });
    expect(warnings).toEqual([expect.stringContaining("'capacity' of instance 'S3'")]);
  });
});
