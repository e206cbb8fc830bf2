import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { startEmulator } from "../../../src/emulator/node.js";
import { PygenClient, token } from "../../../src/index.js";
import { bindViews } from "../../../src/runtime/bind.js";
import { defaultLimits } from "../../../src/runtime/plan/scope.js";
import { farmModel, node, ref, views } from "../../runtime/farm.js";
import { restartArgs } from "./args.js";

it("E118: a cursor goes on in another process, with conditions on far sides, nested sets, sort and limit", async () => {
  await using emulator = await startEmulator({
    project: "test",
    models: [farmModel, { spaces: [{ space: "data" }] }],
  });
  const client = new PygenClient({
    baseUrl: emulator.url,
    project: "test",
    application: "tests",
    credentials: token("any"),
  });
  const named = ["T1", "T2", "T3", "T4", "T5", "T6", "T7"];
  await client.instances.upsert([
    ...named.map((id) => node("turbine", id, { name: id })),
    ...named.map((id) => node("blade", `${id}-1`, { is_damaged: id !== "T6", turbine: ref(id) })),
  ]);
  const { turbine } = bindViews(client, views, { space: "data" }, { ...defaultLimits, rootPage: 2 });
  const first = await turbine!.list(restartArgs).pages()[Symbol.asyncIterator]().next();
  expect(first.value.items.map(({ externalId }: { externalId: string }) => externalId)).toEqual(["T7", "T5"]);
  const child = join(import.meta.dirname, "child.ts");
  const args = ["--import", "tsx", child, emulator.url, first.value.cursor];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toEqual(["T4", "T3", "T2"]);
});
