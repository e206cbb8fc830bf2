import { expect, it } from "vitest";
import { randomFrom } from "../../src/emulator/random.js";
import type { Change, UntypedRow } from "../../src/index.js";
import { type Farm, node, startFarm } from "../runtime/farm.js";

const changes = 10_000;
const instances = 800;

/** Writes and deletes at random, several requests at once, until so many instances were changed. Each write has a number of its own. */
async function write(farm: Farm, random: () => number): Promise<Map<string, number>> {
  const now = new Map<string, number>();
  let made = 0;
  const writer = async (lane: number): Promise<void> => {
    while (made < changes) {
      const size = 1 + Math.floor(random() * 40);
      // Each lane has instances of its own, so that what was written last is known.
      const ids = new Set(Array.from({ length: size }, () => `T${Math.floor((random() * instances) / 4) * 4 + lane}`));
      const gone = random() < 0.15;
      // As clients in other processes, it leaves the consumer its turns.
      await new Promise((resolve) => setTimeout(resolve, random() * 20));
      made += ids.size;
      const stamps = [...ids].map((id, index) => [id, made * 100 + index] as const);
      if (gone)
        await farm.client.instances.delete(
          [...ids].map((id) => ({ instanceType: "node", space: "data", externalId: id })),
        );
      else await farm.client.instances.upsert(stamps.map(([id, count]) => node("turbine", id, { name: id, count })));
      for (const [id, stamp] of stamps) {
        if (gone) now.delete(id);
        else now.set(id, stamp);
      }
    }
  };
  await Promise.all([0, 1, 2, 3].map(writer));
  return now;
}

it.each([1, 2, 3])(
  "10,000 changes are followed, with restarts in between: none missed, none told twice, seed %i",
  async (seed) => {
    const farm = startFarm();
    const random = randomFrom(seed);
    const chance = randomFrom(seed + 1_000);
    const known = new Map<string, number>();
    const told = new Set<number>();
    const gone = new Set<string>();
    let cursor: string | undefined;
    let restarts = 0;
    let written: Map<string, number> | undefined;

    const learn = (change: Change<UntypedRow>): void => {
      if (change.change === "reset") throw new Error("nothing was too old");
      if (change.change === "deleted") {
        // Deleted after it was told, and once for each time that it was.
        const key = `${change.externalId} ${change.deletedTime.getTime()}`;
        expect(gone.has(key)).toBe(false);
        gone.add(key);
        known.delete(change.externalId);
        return;
      }
      const stamp = Number(change.row["count"]);
      expect(told.has(stamp)).toBe(false);
      expect(stamp).toBeGreaterThan(known.get(change.row.externalId) ?? -1);
      told.add(stamp);
      known.set(change.row.externalId, stamp);
    };
    /** One process: it ends after some pages, or in the middle of a request or of a pause. */
    const run = async (): Promise<boolean> => {
      const controller = new AbortController();
      const timer = chance() < 0.5 ? setTimeout(() => controller.abort(), chance() * 30) : undefined;
      let pages = 1 + Math.floor(chance() * 20);
      const poll = written === undefined ? { min: 1, max: 4 } : (false as const);
      const resumed = cursor === undefined ? {} : { cursor };
      try {
        for await (const page of farm
          .on("turbine")
          .sync({ poll, signal: controller.signal, ...resumed })
          .pages()) {
          for (const change of page.items) learn(change);
          cursor = page.cursor;
          pages -= 1;
          if (poll !== false && pages === 0) return false;
        }
        return true;
      } catch (error) {
        expect(error).toMatchObject({ name: "AbortError" });
        return false;
      } finally {
        clearTimeout(timer);
      }
    };

    const writing = write(farm, random).then((result) => {
      written = result;
    });
    for (let done = false; !done; restarts += 1) {
      const last = written !== undefined;
      done = (await run()) && last;
    }
    await writing;
    expect([...known].sort()).toEqual([...(written ?? [])].sort());
    expect(told.size).toBeGreaterThan(instances);
    expect(restarts).toBeGreaterThan(2);
  },
);
