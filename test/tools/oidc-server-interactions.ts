import type { IncomingMessage, ServerResponse } from "node:http";
import type { InteractionResults, Provider } from "oidc-provider";
import type { OidcUser } from "./oidc-server-configuration.js";
import { consentPage, loginPage, messagePage } from "./oidc-server-pages.js";

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;

/** Serves the pages where users sign in, allow or deny; false for other addresses. */
export async function serveInteraction(
  provider: Provider,
  users: ReadonlyMap<string, OidcUser>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = /^\/interaction\/[\w-]+(?:\/(login|consent|deny))?$/.exec(request.url ?? "");
  if (!path) return false;
  try {
    const interaction = await provider.interactionDetails(request, response);
    const finish = (result: InteractionResults): Promise<void> =>
      provider.interactionFinished(request, response, result, { mergeWithLastSubmission: path[1] !== "deny" });
    if (path[1] === "deny") {
      await finish({ error: "access_denied", error_description: "The user denied access." });
    } else if (path[1] === "consent") {
      await finish({ consent: { grantId: await grant(provider, interaction) } });
    } else if (path[1] === "login") {
      await login(users, interaction, await formOf(request), response, finish);
    } else {
      send(response, 200, pageOf(interaction));
    }
  } catch (error) {
    send(response, 400, messagePage("Something went wrong", (error as Error).message));
  }
  return true;
}

function pageOf({ uid, prompt, params, session }: Interaction): string {
  if (prompt.name !== "consent") return loginPage(uid, String(params["login_hint"] ?? session?.accountId ?? ""));
  const scopes = prompt.details["missingOIDCScope"] as readonly string[] | undefined;
  return consentPage(uid, String(params["client_id"]), scopes ?? []);
}

async function login(
  users: ReadonlyMap<string, OidcUser>,
  { uid, prompt }: Interaction,
  form: URLSearchParams,
  response: ServerResponse,
  finish: (result: InteractionResults) => Promise<void>,
): Promise<void> {
  const name = form.get("username") ?? "";
  const password = users.get(name)?.password;
  if (password === undefined || form.get("password") !== password) {
    send(response, 200, loginPage(uid, name, "User name or password is wrong."));
    return;
  }
  await finish({ login: { accountId: name }, ...(prompt.name === "select_account" ? { select_account: {} } : {}) });
}

/** Notes what the user allows: all that was asked for. */
async function grant(provider: Provider, { grantId, session, params, prompt }: Interaction): Promise<string> {
  const known = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const accountId = session?.accountId;
  const allowed =
    known ?? new provider.Grant({ clientId: String(params["client_id"]), ...(accountId && { accountId }) });
  const { missingOIDCScope, missingOIDCClaims, missingResourceScopes } = prompt.details as {
    readonly missingOIDCScope?: readonly string[];
    readonly missingOIDCClaims?: string[];
    readonly missingResourceScopes?: Readonly<Record<string, readonly string[]>>;
  };
  if (missingOIDCScope) allowed.addOIDCScope(missingOIDCScope.join(" "));
  if (missingOIDCClaims) allowed.addOIDCClaims(missingOIDCClaims);
  for (const [resource, scopes] of Object.entries(missingResourceScopes ?? {})) {
    allowed.addResourceScope(resource, scopes.join(" "));
  }
  return allowed.save();
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString());
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" }).end(body);
}
