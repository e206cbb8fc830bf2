import { describe, expect, test } from "vitest";
import { checkSignIn, checkSignOut } from "../../../src/auth/browser/check-calls.js";
import { checkOptions } from "../../../src/auth/browser/check-options.js";
import { configurationOf } from "../../../src/auth/browser/configuration.js";
import { checkEnvironment } from "../../../src/auth/browser/environment.js";
import type { SessionOptions, SignInOptions } from "../../../src/auth/browser/index.js";
import { openSession } from "../../../src/auth/browser/index.js";
import { isAnswer, withoutAnswer } from "../../../src/auth/browser/redirect-answer.js";
import { signInScopes, tokenScopes } from "../../../src/auth/browser/scopes.js";

const entra: SessionOptions = { tenantId: "acme.onmicrosoft.com", clientId: "app" };
const oidc: SessionOptions = { authority: "https://id.test/realms/cdf", clientId: "app" };
const page = "https://app.test/farms/index.html?view=map#row";
const given = (options: object): SessionOptions => options as SessionOptions;

describe("options of openSession", () => {
  test.each([
    entra,
    oidc,
    { ...entra, cluster: "westeurope-1", scopes: ["a"], storage: "local", mode: "popup" } as const,
  ])("right ones pass: %j", (options) => expect(checkOptions(options)).toBeUndefined());

  test.each([
    ["the options", "CONFIG.INVALID", undefined],
    ["clientId", "CONFIG.MISSING", { tenantId: "acme" }],
    ["tenantId (or authority)", "CONFIG.MISSING", { clientId: "app" }],
    ["tenantId and authority", "CONFIG.CONFLICT", { ...entra, ...oidc }],
    ["cluster and authority", "CONFIG.CONFLICT", { ...oidc, cluster: "westeurope-1" }],
    ["audience and tenantId", "CONFIG.CONFLICT", { ...entra, audience: "cdf" }],
    ["responseMode and tenantId", "CONFIG.CONFLICT", { ...entra, responseMode: "query" }],
    ["tenant ", "CONFIG.UNKNOWN", { ...entra, tenant: "acme" }],
    ["constructor ", "CONFIG.UNKNOWN", { ...entra, constructor: 1 }],
    ["clientId", "CONFIG.INVALID", { ...entra, clientId: "" }],
    ["tenantId", "CONFIG.INVALID", { ...entra, tenantId: "https://login.microsoftonline.com/acme" }],
    ["authority", "CONFIG.INVALID", { ...oidc, authority: "http://id.test" }],
    ["authority", "CONFIG.INVALID", { ...oidc, authority: "id.test" }],
    ["authority", "CONFIG.INVALID", { ...oidc, authority: "https://id.test/?a=b" }],
    ["cluster", "CONFIG.INVALID", { ...entra, cluster: "https://westeurope-1.cognitedata.com" }],
    ["scopes", "CONFIG.INVALID", { ...entra, scopes: "a b" }],
    ["redirectUri", "CONFIG.INVALID", { ...entra, redirectUri: "" }],
    ["storage", "CONFIG.INVALID", { ...entra, storage: "localStorage" }],
    ["mode", "CONFIG.INVALID", { ...entra, mode: "window" }],
    ["popupBlocked", "CONFIG.INVALID", { ...entra, popupBlocked: true }],
    ["responseMode", "CONFIG.INVALID", { ...oidc, responseMode: "form_post" }],
  ])("a wrong one is named: %s, %s", (name, code, options) => {
    const message = expect.stringMatching(new RegExp(name.replace(/[()]/g, "\\$&"), "i"));
    expect(() => checkOptions(given(options as object))).toThrow(expect.objectContaining({ code, message }));
  });

  test("are looked at before anything is loaded; without a page there is nothing to sign in to", async () => {
    await expect(openSession(given({}))).rejects.toMatchObject({ code: "CONFIG.MISSING" });
    await expect(openSession(entra)).rejects.toMatchObject({ code: "CONFIG.ENVIRONMENT" });
    expect(checkEnvironment).toThrow("needs the page of a browser");
  });
});

describe("options of calls", () => {
  test("right ones pass", () => {
    checkSignIn({ mode: "popup", prompt: "select_account", loginHint: "a", signal: new AbortController().signal });
    checkSignOut({ mode: "redirect" });
  });

  test.each([
    ["mode", { mode: "window" }],
    ["prompt", { prompt: "none" }],
    ["loginHint", { loginHint: 1 }],
    ["signal", { signal: {} }],
  ])("a wrong %s of signIn is named", (name, options) => {
    expect(() => checkSignIn(options as SignInOptions)).toThrow(`The option ${name} of signIn is wrong.`);
  });

  test("an event that a handler passes on is not taken for options", () => {
    expect(() => checkSignOut({ isTrusted: true } as object)).toThrow(
      expect.objectContaining({ code: "CONFIG.UNKNOWN", hint: expect.stringContaining("() => session.signOut()") }),
    );
  });
});

describe("what MSAL is told", () => {
  test("with Entra ID", () => {
    const { auth, cache, system } = configurationOf(entra, page);
    expect(auth).toEqual({
      clientId: "app",
      authority: "https://login.microsoftonline.com/acme.onmicrosoft.com",
      redirectUri: "https://app.test/farms/redirect.html",
      postLogoutRedirectUri: "https://app.test/farms/redirect.html",
    });
    expect(cache).toEqual({ cacheLocation: "sessionStorage" });
    expect(system).toMatchObject({ protocolMode: "AAD", tokenRenewalOffsetSeconds: 0 });
  });

  test("with another provider: its host with the port is known, and its answer is in the fragment", () => {
    const options = { ...oidc, authority: "https://localhost:8443", storage: "local" } as const;
    const { auth, cache, system } = configurationOf(options, page);
    expect(auth).toMatchObject({
      authority: "https://localhost:8443",
      knownAuthorities: ["localhost:8443"],
      OIDCOptions: { responseMode: "fragment", defaultScopes: ["openid", "profile"] },
    });
    expect(cache).toEqual({ cacheLocation: "localStorage" });
    expect(system?.protocolMode).toBe("OIDC");
  });

  test("logs go nowhere", () => {
    const logger = configurationOf(entra, page).system?.loggerOptions;
    expect(logger?.piiLoggingEnabled).toBe(false);
    expect(logger?.loggerCallback?.(0, "a secret", true)).toBeUndefined();
  });

  test("a redirect page is of the page's own origin, and has no fragment", () => {
    expect(configurationOf({ ...entra, redirectUri: "/in.html#x" }, page).auth.redirectUri).toBe(
      "https://app.test/in.html",
    );
    for (const redirectUri of ["https://elsewhere.test/in.html", "https://"]) {
      expect(() => configurationOf({ ...entra, redirectUri }, page)).toThrow("The option redirectUri is wrong");
    }
  });
});

describe("scopes", () => {
  const client = ["https://westeurope-1.cognitedata.com/.default"];

  test("with Entra ID: what the client's calls ask for, else the cluster's", () => {
    expect(tokenScopes(entra, client)).toEqual(["openid", "profile", ...client]);
    expect(tokenScopes({ ...entra, cluster: "westeurope-1" }, undefined)).toEqual(["openid", "profile", ...client]);
    expect(tokenScopes({ ...entra, cluster: "other" }, client)).toEqual(["openid", "profile", ...client]);
    expect(tokenScopes(entra, [])).toEqual(["openid", "profile"]);
  });

  test("with other providers: not what only Entra ID understands", () => {
    expect(tokenScopes(oidc, client)).toEqual(["openid", "profile"]);
    expect(tokenScopes(oidc, ["cdf", ...client])).toEqual(["openid", "profile", "cdf"]);
    expect(tokenScopes(oidc, undefined)).toEqual(["openid", "profile"]);
  });

  test("given ones hold for every token; only signing in asks for a refresh token", () => {
    const options = { ...oidc, scopes: ["cdf", "offline_access"] };
    expect(tokenScopes(options, client)).toEqual(["openid", "profile", "cdf"]);
    expect(signInScopes(options, client)).toEqual(["openid", "profile", "cdf", "offline_access"]);
  });
});

describe("the provider's answer in a query", () => {
  const state = `${btoa(JSON.stringify({ id: "1", meta: {} }))}|mine`;
  const answer = new URLSearchParams({ view: "map", code: "x", state, session_state: "s", iss: "https://id.test" });

  test("is known by MSAL's state, and taken out without the rest", () => {
    expect(isAnswer(`?${answer}`)).toBe(true);
    expect(isAnswer(`?${new URLSearchParams({ error: "access_denied", state })}`)).toBe(true);
    expect(withoutAnswer(`?${answer}`)).toBe("?view=map");
    expect(withoutAnswer(`?${new URLSearchParams({ code: "x", state })}`)).toBe("");
  });

  test.each([
    "",
    "?code=DK",
    "?code=DK&state=open",
    `?state=${state}`,
    `?code=a&state=${btoa("[]")}`,
    `?code=a&state=${btoa("1")}`,
  ])("other queries are not: %s", (search) => expect(isAnswer(search)).toBe(false));
});
