import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

const bridge = vi.fn();
const replaced = vi.fn();
let kept: string | null = null;

beforeEach(() => {
  vi.stubGlobal("document", { title: "Signing in", body: { textContent: "" } });
  vi.stubGlobal("location", { origin: "https://app.test", replace: replaced });
  vi.stubGlobal("sessionStorage", { getItem: () => kept, removeItem: () => undefined });
  vi.doMock("@azure/msal-browser/redirect-bridge", () => ({ broadcastResponseToMainFrame: bridge }));
});
afterEach(() => {
  kept = null;
  vi.resetAllMocks();
  vi.resetModules();
  vi.unstubAllGlobals();
  vi.doUnmock("@azure/msal-browser/redirect-bridge");
});

const redirect = () => import("../../../src/auth/redirect/index.js");

/** What MSAL's bridge does after a redirect: it leaves for a page. */
const leaving = async (navigation: { navigateInternal(url: string): Promise<boolean> }): Promise<void> => {
  document.title = "Microsoft Authentication";
  await navigation.navigateInternal("https://app.test/");
};

describe("completeSignIn", () => {
  test("goes back to the page that signed in, without a trace, and keeps the page's title", async () => {
    bridge.mockImplementation(leaving);
    await (await redirect()).completeSignIn();
    expect(replaced).toHaveBeenCalledWith("https://app.test/");
    expect(document.title).toBe("Signing in");
  });

  test("goes back to the page that signed out, also where the provider does not say that it did", async () => {
    kept = "https://app.test/farms";
    const { completeSignIn } = await redirect();
    bridge.mockImplementation(leaving);
    await completeSignIn();
    bridge.mockRejectedValue(new Error("empty_response"));
    await completeSignIn();
    expect(replaced.mock.calls).toEqual([["https://app.test/farms"], ["https://app.test/farms"]]);
  });

  test("without an answer it says so, on the page too", async () => {
    bridge.mockRejectedValue(new Error("empty_response"));
    await expect((await redirect()).completeSignIn()).rejects.toMatchObject({ code: "CREDENTIALS.FAILED" });
    await import("../../../src/auth/redirect/script.js");
    await expect.poll(() => document.body.textContent).toContain("There is no answer of an identity provider");
  });
});
