// Another process: reads what is left of a list after a cursor, and prints the ids.
import { PygenClient, token } from "../../../src/index.js";
import { bindViews } from "../../../src/runtime/bind.js";
import { defaultLimits } from "../../../src/runtime/plan/scope.js";
import { views } from "../../runtime/farm.js";
import { restartArgs } from "./args.js";

const [baseUrl = "", cursor = ""] = process.argv.slice(2);
const client = new PygenClient({ baseUrl, project: "test", application: "tests", credentials: token("any") });
const { turbine } = bindViews(client, views, { space: "data" }, { ...defaultLimits, rootPage: 2 });
const ids: string[] = [];
for await (const { items } of turbine!.list(restartArgs).pages({ cursor })) {
  ids.push(...items.map(({ externalId }) => externalId));
}
process.stdout.write(JSON.stringify(ids));
