import { execFile, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const folder = import.meta.dirname;

it("a walk of 1,000,000 nodes holds no more at its end than at its beginning", async () => {
  const server = fork(path.join(folder, "../bench/server.mjs"), { execArgv: [] });
  try {
    const [{ port }] = (await once(server, "message")) as [{ port: number }];
    server.send({ pages: 1_000 });
    const args = ["--expose-gc", path.join(folder, "memory-walk.mjs"), `http://127.0.0.1:${port}`];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 1_000_000 });
    const [first, ...later] = JSON.parse(stdout) as number[];
    expect(later).toHaveLength(4);
    // A page under way is some megabytes, and may or may not be there when it is looked.
    for (const held of later) expect(held).toBeLessThan((first ?? 0) + 6);
  } finally {
    server.kill();
  }
});
