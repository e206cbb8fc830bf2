import type { AccountInfo, AuthenticationResult } from "@azure/msal-browser";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Session, SessionOptions } from "../../../src/auth/browser/index.js";
import type { MsalClient } from "../../../src/auth/browser/msal-client.js";
import { MsalSession } from "../../../src/auth/browser/msal-session.js";
import { untilClosed } from "../../../src/auth/browser/popup.js";
import { takeReturnAddress } from "../../../src/auth/browser/return-address.js";
import { takeAnswer } from "../../../src/auth/browser/take-answer.js";

const options: SessionOptions = { authority: "https://id.test", clientId: "app" };
const infoOf = (id: string): AccountInfo => ({
  homeAccountId: id,
  localAccountId: id,
  environment: "id.test",
  tenantId: "",
  username: id,
});
const alice = infoOf("alice");
const bob = infoOf("bob");

const resultOf = (account: AccountInfo, token: string, seconds: number, fromCache = false): AuthenticationResult =>
  ({
    account,
    accessToken: token,
    expiresOn: new Date(Date.now() + seconds * 1000),
    fromCache,
  }) as AuthenticationResult;

const failed = (errorCode: string): Error => Object.assign(new Error(errorCode), { errorCode });

/** MSAL's part of a page, as far as a session can see it. */
function fakeMsal(accounts: AccountInfo[], active: AccountInfo | null = null) {
  let used = active;
  let told = (): void => undefined;
  const client = {
    popupSignal: undefined,
    initialize: vi.fn(),
    handleRedirectPromise: vi.fn(async (): Promise<AuthenticationResult | null> => null),
    acquireTokenPopup: vi.fn(async () => resultOf(alice, "popup", 3600)),
    acquireTokenRedirect: vi.fn(async () => undefined),
    acquireTokenSilent: vi.fn(async (_request: object) => resultOf(alice, "silent", 3600)),
    logoutPopup: vi.fn(async () => void accounts.splice(0)),
    logoutRedirect: vi.fn(async () => void accounts.splice(0)),
    getAllAccounts: () => [...accounts],
    getActiveAccount: () => accounts.find(({ homeAccountId }) => homeAccountId === used?.homeAccountId) ?? null,
    setActiveAccount: (account: AccountInfo | null) => {
      if (account && !accounts.includes(account)) accounts.push(account);
      used = account;
    },
    addEventCallback: (listener: () => void) => {
      told = listener;
      return "1";
    },
  };
  return { client, asMsal: client as object as MsalClient, tell: () => told() };
}

let stored: (event: { key: string | null }) => void = () => undefined;

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  vi.stubGlobal("location", {
    href: "https://app.test/",
    origin: "https://app.test",
    pathname: "/",
    search: "",
    hash: "",
  });
  vi.stubGlobal("history", { state: { row: 3 }, replaceState: vi.fn() });
  vi.stubGlobal("document", { hasFocus: () => true });
  vi.stubGlobal("window", {
    addEventListener: (_type: string, listener: typeof stored) => {
      stored = listener;
    },
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe("accounts", () => {
  test("stay the same objects until something changes, and listeners hear of that", async () => {
    const accounts = [alice];
    const { asMsal, tell } = fakeMsal(accounts, alice);
    const session: Session = new MsalSession(asMsal, options);
    const { account, accounts: list } = session;
    expect(account).toEqual({ id: "alice", username: "alice", name: undefined, tenantId: undefined });
    const listener = vi.fn();
    const stop = session.subscribe(listener);
    vi.useFakeTimers();
    const told = async (): Promise<void> => {
      tell();
      await vi.runAllTimersAsync();
    };
    await told();
    expect([session.account, session.accounts]).toEqual([account, list]);
    expect(session.accounts).toBe(list);
    expect(listener).not.toHaveBeenCalled();
    accounts.push(bob);
    await told();
    expect(listener).toHaveBeenCalledTimes(1);
    expect(session.account).toBe(account);
    expect(session.accounts.map(({ id }) => id)).toEqual(["alice", "bob"]);
    stop();
    accounts.pop();
    await told();
    expect(listener).toHaveBeenCalledTimes(1);
  });

  test("what another tab stores is seen a little later, if it is MSAL's", () => {
    vi.useFakeTimers();
    const accounts: AccountInfo[] = [];
    const session = new MsalSession(fakeMsal(accounts, alice).asMsal, options);
    accounts.push(alice);
    stored({ key: "theme" });
    vi.runAllTimers();
    expect(session.account).toBeUndefined();
    stored({ key: "msal.app.active-account-filters" });
    vi.runAllTimers();
    expect(session.account?.id).toBe("alice");
    accounts.pop();
    stored({ key: null });
    vi.runAllTimers();
    expect(session.account).toBeUndefined();
  });

  test("choose() takes one that is signed in, and no other", () => {
    const session = new MsalSession(fakeMsal([alice, bob], alice).asMsal, options);
    const [, second] = session.accounts;
    session.choose(second as NonNullable<typeof second>);
    expect(session.account?.id).toBe("bob");
    const other = { id: "eve", username: "eve", name: undefined, tenantId: undefined };
    expect(() => session.choose(other)).toThrow(expect.objectContaining({ code: "CREDENTIALS.INTERACTION" }));
  });
});

describe("getToken", () => {
  test("asks MSAL once for all calls, and again for each account", async () => {
    const { client, asMsal } = fakeMsal([alice, bob], alice);
    const session = new MsalSession(asMsal, options);
    const tokens = await Promise.all([session.getToken(), session.getToken({ scopes: ["https://cdf/.default"] })]);
    expect(tokens.map(({ token }) => token)).toEqual(["silent", "silent"]);
    expect(client.acquireTokenSilent).toHaveBeenCalledTimes(1);
    expect(client.acquireTokenSilent).toHaveBeenCalledWith({
      account: alice,
      scopes: ["openid", "profile"],
      forceRefresh: false,
    });
    session.choose(session.accounts[1] as Session["accounts"][number]);
    await session.getToken();
    expect(client.acquireTokenSilent).toHaveBeenCalledTimes(2);
  });

  test("a token that MSAL kept and that is about to end is not begun with", async () => {
    const { client, asMsal } = fakeMsal([alice], alice);
    client.acquireTokenSilent.mockResolvedValueOnce(resultOf(alice, "old", 20, true));
    const session = new MsalSession(asMsal, { ...options, audience: "cdf" });
    expect((await session.getToken()).token).toBe("silent");
    expect(client.acquireTokenSilent).toHaveBeenLastCalledWith(
      expect.objectContaining({ forceRefresh: true, extraQueryParameters: { audience: "cdf" } }),
    );
  });

  test("without an account, and with a provider that gives no token, it says so", async () => {
    const { client, asMsal } = fakeMsal([alice], alice);
    client.acquireTokenSilent.mockResolvedValueOnce({ ...resultOf(alice, "", 20), expiresOn: null });
    await expect(new MsalSession(asMsal, options).getToken()).rejects.toMatchObject({ code: "CREDENTIALS.MISSING" });
    const nobody = new MsalSession(fakeMsal([]).asMsal, options);
    await expect(nobody.getToken()).rejects.toMatchObject({ code: "CREDENTIALS.INTERACTION" });
  });
});

describe("signing in and out", () => {
  test("by redirect, with what was asked for before and the name that is known", async () => {
    const { client, asMsal } = fakeMsal([alice], alice);
    const session = new MsalSession(asMsal, { tenantId: "acme", clientId: "app" });
    await session.getToken({ scopes: ["https://cdf/.default"] });
    await session.signIn();
    expect(client.acquireTokenRedirect).toHaveBeenLastCalledWith({
      scopes: ["openid", "profile", "https://cdf/.default", "offline_access"],
      loginHint: "alice",
    });
    await session.signIn({ prompt: "select_account" });
    expect(client.acquireTokenRedirect).toHaveBeenLastCalledWith(expect.not.objectContaining({ loginHint: "alice" }));
  });

  test("a signal that is aborted already ends it as one of ours, before anything is opened", async () => {
    const { client, asMsal } = fakeMsal([]);
    const session = new MsalSession(asMsal, { ...options, mode: "popup" });
    await expect(session.signIn({ signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "CREDENTIALS.CANCELLED",
    });
    expect(client.acquireTokenPopup).not.toHaveBeenCalled();
  });

  test("a blocked popup fails, or becomes a redirect", async () => {
    const { client, asMsal } = fakeMsal([]);
    client.acquireTokenPopup.mockRejectedValue(failed("popup_window_error"));
    const strict = new MsalSession(asMsal, { ...options, mode: "popup" });
    await expect(strict.signIn()).rejects.toMatchObject({ code: "CREDENTIALS.POPUP_BLOCKED" });
    expect(client.acquireTokenRedirect).not.toHaveBeenCalled();
    await new MsalSession(asMsal, { ...options, mode: "popup", popupBlocked: "redirect" }).signIn();
    expect(client.acquireTokenRedirect).toHaveBeenCalledTimes(1);
  });

  test("signing out by a blocked popup fails and keeps the account, or becomes a redirect too", async () => {
    const { client, asMsal } = fakeMsal([alice], alice);
    client.logoutPopup.mockRejectedValue(failed("popup_window_error"));
    const strict = new MsalSession(asMsal, { ...options, mode: "popup" });
    await expect(strict.signOut()).rejects.toMatchObject({ code: "CREDENTIALS.POPUP_BLOCKED" });
    expect([client.logoutRedirect.mock.calls.length, strict.account?.id]).toEqual([0, "alice"]);
    client.logoutRedirect.mockImplementationOnce(async () => {
      expect(takeReturnAddress()).toBe("https://app.test/");
    });
    await new MsalSession(asMsal, { ...options, mode: "popup", popupBlocked: "redirect" }).signOut();
    expect(client.logoutRedirect).toHaveBeenCalledTimes(1);
  });

  test("by popup, the account is there when it is done; signing out forgets it, whatever the provider does", async () => {
    const { client, asMsal } = fakeMsal([]);
    const session = new MsalSession(asMsal, { ...options, mode: "popup" });
    await session.signOut();
    expect(client.logoutPopup).not.toHaveBeenCalled();
    await session.signIn();
    expect(session.account?.id).toBe("alice");
    await session.signOut();
    expect(session.account).toBeUndefined();
    await session.signIn();
    client.logoutRedirect.mockRejectedValueOnce(failed("endpoints_resolution_error"));
    await expect(session.signOut({ mode: "redirect" })).rejects.toMatchObject({ code: "CREDENTIALS.UNREACHABLE" });
  });

  test("a provider that has nothing to sign out of leaves the page as it was, and free to sign in", async () => {
    sessionStorage.setItem("msal.interaction.status", '{"clientId":"app","type":"signout"}');
    const session = new MsalSession(fakeMsal([alice], alice).asMsal, options);
    await session.signOut();
    expect(sessionStorage.getItem("msal.interaction.status")).toBeNull();
    expect(takeReturnAddress()).toBeUndefined();
    sessionStorage.setItem("pygen.signed-out", "https://elsewhere.test/");
    expect(takeReturnAddress()).toBeUndefined();
  });
});

describe("the answer to a redirect", () => {
  test("makes its account the one in use", async () => {
    const { client, asMsal } = fakeMsal([]);
    client.handleRedirectPromise.mockResolvedValueOnce(resultOf(alice, "a", 60));
    await takeAnswer(asMsal, options);
    expect(client.getActiveAccount()).toBe(alice);
  });

  test("is missed by nobody when a page was loaded again under a popup; what else goes wrong is told", async () => {
    const { client, asMsal } = fakeMsal([]);
    client.handleRedirectPromise.mockRejectedValueOnce(failed("no_token_request_cache_error"));
    await takeAnswer(asMsal, options);
    client.handleRedirectPromise.mockRejectedValueOnce(failed("state_mismatch"));
    await expect(takeAnswer(asMsal, options)).rejects.toMatchObject({ code: "CREDENTIALS.FAILED" });
  });

  test("in the query is an error where it is not looked for; it is taken out either way", async () => {
    location.search = `?view=map&code=x&state=${btoa(JSON.stringify({ id: "1", meta: {} }))}`;
    const { asMsal } = fakeMsal([]);
    await expect(takeAnswer(asMsal, options)).rejects.toMatchObject({ hint: expect.stringContaining("responseMode") });
    await takeAnswer(asMsal, { ...options, responseMode: "query" });
    expect(history.replaceState).toHaveBeenCalledTimes(2);
    expect(history.replaceState).toHaveBeenLastCalledWith({ row: 3 }, "", "/?view=map");
  });
});

describe("waiting for a popup", () => {
  const popupOf = (closed: boolean) => ({ closed, close: vi.fn() });
  const wait = (answer: Promise<string>, popup: object, signal?: AbortSignal): Promise<string> =>
    untilClosed(answer, popup as Window, signal);
  const never = new Promise<string>(() => undefined);

  test("gives its answer, or its failure", async () => {
    expect(await wait(Promise.resolve("answer"), popupOf(false))).toBe("answer");
    await expect(wait(Promise.reject(new Error("no")), popupOf(false))).rejects.toThrow("no");
  });

  test("ends when the user closed it, which takes the focus back to the page", async () => {
    await expect(wait(never, popupOf(true))).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
  });

  test("goes on where it only looks closed, because the user is in it", async () => {
    document.hasFocus = () => false;
    const answer = new Promise<string>((resolve) => setTimeout(resolve, 900, "answer"));
    expect(await wait(answer, popupOf(true))).toBe("answer");
  });

  test("is not watched any more once it was closed or given up, though MSAL waits on", async () => {
    vi.useFakeTimers();
    const closed = wait(never, popupOf(true)).catch(() => undefined);
    await vi.advanceTimersByTimeAsync(600);
    await closed;
    await wait(never, popupOf(false), AbortSignal.abort()).catch(() => undefined);
    expect(vi.getTimerCount()).toBe(0);
  });

  test("ends with a signal, before or while waiting, and closes it", async () => {
    for (const signal of [AbortSignal.abort(), AbortSignal.timeout(20)]) {
      const popup = popupOf(false);
      await expect(wait(never, popup, signal)).rejects.toMatchObject({ code: "CREDENTIALS.CANCELLED" });
      expect(popup.close).toHaveBeenCalledTimes(1);
    }
  });
});
