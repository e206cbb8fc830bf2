import { createHash, randomBytes } from "node:crypto";
import { Agent, type Dispatcher, fetch as fetchWith } from "undici";
import { onTestFinished } from "vitest";
import type { OidcServer } from "./oidc-server.js";

/** An answer, and what it holds. */
export interface PageAnswer {
  readonly status: number;
  readonly location: string | undefined;
  readonly text: string;
  readonly headers: Headers;
}

/** What stands in for a browser without scripts: keeps cookies, follows redirects within the server, sends forms. */
export interface OidcBrowser {
  readonly open: (url: string) => Promise<PageAnswer>;
  /** Sends the first form of a page, or the one whose action ends so, with these fields. */
  readonly submit: (
    page: PageAnswer,
    fields?: Readonly<Record<string, string>>,
    action?: string,
  ) => Promise<PageAnswer>;
}

/** `fetch` that trusts a server's CA; its connections end with the test. */
export function fetchOf(server: Pick<OidcServer, "ca">): (url: string, init?: RequestInit) => Promise<Response> {
  const dispatcher: Dispatcher = new Agent({ connect: { ca: server.ca } });
  onTestFinished(() => dispatcher.destroy());
  return (url, init = {}) =>
    fetchWith(url, { ...(init as object), dispatcher }) as Promise<unknown> as Promise<Response>;
}

/** A browser that starts without cookies. */
export function oidcBrowser(server: OidcServer): OidcBrowser {
  const send = fetchOf(server);
  const cookies = new Map<string, string>();
  async function open(url: string, init: RequestInit = {}): Promise<PageAnswer> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const answer = await send(url, { ...init, redirect: "manual", headers: { accept: "text/html", cookie } });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = answer.headers.get("location") ?? undefined;
    const next = location === undefined ? undefined : new URL(location, url).href;
    const text = await answer.text();
    if (next?.startsWith(server.issuer)) return open(next);
    return { status: answer.status, location: next, text, headers: answer.headers };
  }
  return {
    open: (url) => open(url),
    submit: (page, fields = {}, action = "") => {
      const forms = [...page.text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([\s\S]*?)<\/form>/g)];
      const form = forms.find(([, target = ""]) => target.endsWith(action));
      if (!form) throw new Error(`no form for '${action}' on the page: ${page.text}`);
      const hidden = [...(form[2] ?? "").matchAll(/type="hidden" name="([^"]*)" value="([^"]*)"/g)];
      const body = new URLSearchParams({
        ...Object.fromEntries(hidden.map(([, name = "", value = ""]) => [name, value])),
        ...fields,
      });
      return open(new URL(form[1] ?? "", server.issuer).href, { method: "POST", body });
    },
  };
}

/** The address where a sign-in with a code begins, and what proves who began it. */
export function signInAddress(
  server: OidcServer,
  redirectUri: string,
  parameters: Readonly<Record<string, string>> = {},
): { readonly address: string; readonly verifier: string } {
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    client_id: "spa",
    response_type: "code",
    redirect_uri: redirectUri,
    scope: "openid profile offline_access",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
    state: "the state",
    ...parameters,
  });
  return { address: `${server.issuer}/auth?${query}`, verifier };
}
