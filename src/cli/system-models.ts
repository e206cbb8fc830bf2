import { token } from "../auth/index.js";
import { PygenClient } from "../client/index.js";
import { type ModelDocument, readModelDocument } from "../codegen/index.js";
import { createEmulator } from "../emulator/index.js";

/** The system models that every project has, as the emulator has them: models build on them without holding them. */
export async function systemModels(): Promise<ModelDocument> {
  const emulator = createEmulator();
  const client = new PygenClient({
    baseUrl: "http://emulator",
    project: "system",
    application: "pygen-cli",
    credentials: token("system"),
    fetch: emulator.fetch,
  });
  const [containers, views] = await Promise.all([
    client.containers.list({ includeGlobal: true }),
    client.views.list({ includeGlobal: true }),
  ]);
  return readModelDocument({ containers, views });
}
