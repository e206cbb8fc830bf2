import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const folder = import.meta.dirname;

interface Walked {
  /** Megabytes after every 100,000 rows. */
  readonly held: readonly number[];
  readonly rows: number;
  readonly answeredBeforeFirst: number;
  readonly open: number;
  readonly later: number;
}

it("1,000,000 nodes with three relations stream at flat memory, from the first request on, and a break leaves none behind", async () => {
  const server = fork(path.join(folder, "branches-server.mjs"), ["1000"], { execArgv: [] });
  try {
    const [{ port }] = (await once(server, "message")) as [{ port: number }];
    const args = ["--expose-gc", path.join(folder, "memory-branches.mjs"), `http://127.0.0.1:${port}`];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 1_000_000 });
    const { held, rows, answeredBeforeFirst, open, later } = JSON.parse(stdout) as Walked;
    expect(rows).toBe(1_000_000);
    // The next page is asked for before the first row is given, and may be there first on a busy machine.
    expect(answeredBeforeFirst).toBeLessThanOrEqual(2);
    expect({ open, later }).toEqual({ open: 0, later: 0 });
    const [first = 0, ...rest] = held;
    expect(rest).toHaveLength(9);
    // A page under way is some megabytes, and may or may not be there when it is looked.
    for (const megabytes of rest) expect(megabytes).toBeLessThan(first + 12);
  } finally {
    server.kill();
  }
});
