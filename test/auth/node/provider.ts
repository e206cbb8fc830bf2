import { afterAll, onTestFinished } from "vitest";
import { connectionPool } from "../../../src/doors/node/index.js";
import type { Fetch } from "../../../src/http/index.js";
import { type OidcServer, type OidcServerOptions, startOidcServer } from "../../tools/oidc-server.js";

/** A running provider, and what reaches it. */
export interface TestProvider extends OidcServer {
  /** Trusts the provider's authority. */
  readonly fetch: Fetch;
}

/** The provider of all tests of a file that ask for nothing in particular: making one takes time. */
let common: Promise<OidcServer> | undefined;
afterAll(async () => (await common)?.stop());

/** An OpenID provider that forgets, or stops, when the test ends. */
export async function provider(options?: OidcServerOptions): Promise<TestProvider> {
  if (options === undefined) common ??= startOidcServer();
  const server = await (options === undefined && common ? common : startOidcServer(options));
  const pool = connectionPool({ ca: server.ca });
  const before = server.requests.length;
  onTestFinished(async () => {
    await pool.close();
    server.fail(undefined);
    server.endSessions();
    if (options !== undefined) await server.stop();
  });
  return {
    ...server,
    fetch: pool.fetch,
    get requests() {
      return server.requests.slice(before);
    },
  };
}

/** Answers as Entra ID would at its own addresses: they lead to the provider. */
export function asEntra({ issuer, fetch }: TestProvider, tenant: string): Fetch {
  const base = `https://login.microsoftonline.com/${tenant}/oauth2/v2.0/`;
  const places: Record<string, string> = { token: "token", devicecode: "device/auth", authorize: "auth" };
  return async (request) => {
    const place = places[request.url.slice(base.length).split("?")[0] ?? ""];
    if (!request.url.startsWith(base) || place === undefined) throw new Error(`unexpected address ${request.url}`);
    const { method, signal, headers } = request;
    // Entra ID takes the short name of this grant, which MSAL sends, and its own scopes when a token is renewed.
    const named = (text: string) =>
      text
        .replace("grant_type=device_code", "grant_type=urn:ietf:params:oauth:grant-type:device_code")
        .replace(/scope=https[^&]*?\.default%20(?=.*grant_type=refresh_token)/, "scope=");
    const body = method === "POST" ? named(await request.text()) : null;
    return fetch(new Request(`${issuer}/${place}`, { method, headers, signal, body }));
  };
}

/** What a browser does: keeps cookies, follows redirects and fills in forms. */
export class FormBrowser {
  readonly #fetch: Fetch;
  readonly #cookies = new Map<string, string>();
  /** All addresses that were visited. */
  readonly visited: string[] = [];

  constructor(fetch: Fetch) {
    this.#fetch = fetch;
  }

  /** Opens an address and sends the form of every page that has one, until there is none, or one at `press` was sent. */
  async go(start: string, answers: Record<string, string>, press = 0): Promise<string> {
    let page = await this.open(start);
    for (let step = 0; step < 10; step += 1) {
      const forms = formsOf(page.text);
      const form = forms[press] ?? forms[0];
      if (form === undefined) return page.text;
      const fields = new URLSearchParams({ ...form.fields, ...pick(answers, form.names) });
      page = await this.open(new URL(form.action, page.url).href, fields);
      if (press > 0 && form === forms[press]) return page.text;
    }
    throw new Error("too many pages");
  }

  async open(url: string, form?: URLSearchParams): Promise<{ url: string; text: string }> {
    this.visited.push(url);
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const own = url.startsWith("http://") ? globalThis.fetch : this.#fetch;
    const headers = { cookie, ...(form && { "content-type": "application/x-www-form-urlencoded" }) };
    const init = form ? { method: "POST", body: form.toString() } : {};
    const answer = await own(new Request(url, { ...init, headers, redirect: "manual" }));
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      this.#cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (location !== null) return this.open(new URL(location, url).href);
    return { url, text: await answer.text() };
  }
}

interface Form {
  readonly action: string;
  readonly names: readonly string[];
  readonly fields: Record<string, string>;
}

function formsOf(html: string): Form[] {
  return [...html.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)].map(
    ([, action = "", inside = ""]) => {
      const inputs = [...inside.matchAll(/<input([^>]*)>/g)].map(([, text = ""]) => ({
        name: /name="([^"]*)"/.exec(text)?.[1] ?? "",
        value: /value="([^"]*)"/.exec(text)?.[1] ?? "",
      }));
      return {
        action,
        names: inputs.map(({ name }) => name),
        fields: Object.fromEntries(inputs.map(({ name, value }) => [name, value])),
      };
    },
  );
}

function pick(answers: Record<string, string>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(answers).filter(([name]) => names.includes(name)));
}
