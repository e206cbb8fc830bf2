import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { issuerKeys } from "../../src/oidc/issuer-keys.js";

test("an issuer that does not answer is given up in time, also where memory is cleaned up meanwhile", async () => {
  setFlagsFromString("--expose-gc");
  const cleaning = setInterval(runInNewContext("gc"), 500);
  onTestFinished(() => clearInterval(cleaning));
  const keys = issuerKeys({
    issuer: "https://issuer.test",
    audience: "a",
    fetch: ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  });
  await expect(keys()).rejects.toMatchObject({ kind: "unchecked" });
});
