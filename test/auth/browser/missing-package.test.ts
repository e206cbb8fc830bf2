import { expect, test, vi } from "vitest";
import { loadMsal } from "../../../src/auth/browser/load-msal.js";
import { completeSignIn } from "../../../src/auth/redirect/index.js";

vi.mock("@azure/msal-browser", () => {
  throw new Error("Cannot find package");
});
vi.mock("@azure/msal-browser/redirect-bridge", () => {
  throw new Error("Cannot find package");
});

test("without MSAL each door names the package and how to install it", async () => {
  const expected = { code: "CREDENTIALS.PACKAGE", hint: "Run: npm install @azure/msal-browser" };
  await expect(loadMsal()).rejects.toMatchObject(expected);
  await expect(completeSignIn()).rejects.toMatchObject(expected);
});
