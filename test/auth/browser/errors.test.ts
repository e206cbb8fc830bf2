import { InteractionRequiredAuthError, ServerError } from "@azure/msal-browser";
import { describe, expect, test } from "vitest";
import { toCredentialsError } from "../../../src/auth/browser/to-credentials-error.js";
import { CredentialsError } from "../../../src/errors/index.js";

const url = "https://id.test/";
const mapped = (error: unknown) => toCredentialsError(error, "Signing in", url);

/** An error as MSAL's own classes make them. */
const msal = (errorCode: string, more: object = {}): Error =>
  Object.assign(new Error(errorCode), { errorCode, ...more });

describe("errors of MSAL", () => {
  test.each([
    ["popup_window_error", "POPUP_BLOCKED"],
    ["empty_window_error", "POPUP_BLOCKED"],
    ["user_cancelled", "CANCELLED"],
    ["interaction_in_progress_cancelled", "CANCELLED"],
    ["interaction_in_progress", "FAILED"],
    ["no_network_connectivity", "UNREACHABLE"],
    ["post_request_failed", "UNREACHABLE"],
    ["endpoints_resolution_error", "UNREACHABLE"],
    ["timed_out", "TIMEOUT"],
    ["no_tokens_found", "INTERACTION"],
    ["login_required", "INTERACTION"],
    ["state_mismatch", "FAILED"],
  ])("%s becomes %s", (errorCode, code) => {
    expect(mapped(msal(errorCode))).toMatchObject({ code: `CREDENTIALS.${code}`, providerCode: errorCode, url });
  });

  test("what the provider refuses keeps its code, words and correlation id", () => {
    const error = new ServerError("access_denied", "id-1", "The user said no.");
    expect(mapped(error)).toMatchObject({
      code: "CREDENTIALS.REFUSED",
      providerCode: "access_denied",
      correlationId: "id-1",
      message: "Signing in failed: The user said no. (access_denied).",
    });
    expect(mapped(new ServerError("access_denied", "")).message).toContain("(access_denied)");
  });

  test("a provider that is out of order did not refuse", () => {
    for (const error of [new ServerError("", "", "", "", "", 503), new ServerError("server_error", "")]) {
      expect(mapped(error)).toMatchObject({ code: "CREDENTIALS.UNREACHABLE" });
    }
  });

  test("interaction is asked for whatever the provider calls it", () => {
    const error = new InteractionRequiredAuthError("mfa_needed", "id-2");
    expect(mapped(error)).toMatchObject({ code: "CREDENTIALS.INTERACTION", hint: expect.stringContaining("signIn()") });
  });

  test("errors of ours pass as they are; anything else says what it was", () => {
    const own = new CredentialsError("CREDENTIALS.CANCELLED", "closed");
    expect(mapped(own)).toBe(own);
    expect(mapped(new TypeError("x is not a function"))).toMatchObject({
      code: "CREDENTIALS.FAILED",
      message: "Signing in failed: x is not a function",
    });
    expect(mapped("odd").message).toBe("Signing in failed: odd");
  });

  test("a token in an error is not kept", () => {
    const token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";
    expect(JSON.stringify(mapped(new ServerError("invalid_token", "", `bad token ${token}`)))).not.toContain(token);
  });
});
