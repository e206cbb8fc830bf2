import { PygenClient, token } from "pygen";
import { createEmulator, type LoadModel } from "../../src/emulator/index.js";

/** A client of an emulator of its own, with a model and a space for data. */
export function clientOf(model: LoadModel): PygenClient {
  const emulator = createEmulator();
  emulator.load(model, { global: false });
  emulator.load({ spaces: [{ space: "data" }] }, { global: false });
  const access = { credentials: token("any"), fetch: emulator.fetch };
  return new PygenClient({ baseUrl: "http://emulator", project: "test", application: "tests", ...access });
}
