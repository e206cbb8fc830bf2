// A program that logs as its environment says: run by a test, which reads what it prints.
import { PygenClient } from "../../src/client/index.js";
import type { secrets } from "./secrets.js";

const [url = "", mode = ""] = process.argv.slice(2);
const planted = JSON.parse(process.env["PLANTED"] ?? "{}") as typeof secrets;
const client = new PygenClient({
  baseUrl: url,
  project: "acme",
  application: "log-child",
  credentials: { getToken: async () => ({ token: planted.token }) },
  retry: { baseDelay: 1 },
  logBodies: mode === "bodies",
});
const written = await client.instances.upsert([
  {
    instanceType: "node",
    space: "s",
    externalId: "n",
    sources: [
      {
        source: { type: "container", space: "s", externalId: "C" },
        properties: { note: `access_token=${planted.token}`, config: { password: planted.password } },
      },
    ],
  },
]);
console.log(`done ${written.length}`);
process.disconnect();
