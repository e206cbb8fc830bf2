import {
  type BrowserContext,
  test as base,
  expect,
  type Page,
  type PlaywrightTestArgs,
  type PlaywrightTestOptions,
  type PlaywrightWorkerArgs,
  type PlaywrightWorkerOptions,
  type TestType,
} from "@playwright/test";
import type { ClientMetadata } from "oidc-provider";
import { createEmulator } from "pygen/emulator";
import { listen } from "pygen/emulator/node";
import { connectionPool } from "pygen/node";
import { type OidcServer, type OidcServerOptions, startOidcServer } from "../test/tools/oidc-server.js";
import type { App } from "./sign-in-app.js";
import { type Secrets, watchSecrets } from "./sign-in-secrets.js";
import { type Site, startSite } from "./sign-in-site.js";

/** What a test changes of the world it runs in. */
export interface WorldOptions {
  /** Options of the session beyond `clientId` and `authority`. */
  readonly session?: Readonly<Record<string, unknown>>;
  readonly provider?: OidcServerOptions;
  /** Whether the provider gives the application no refresh token. */
  readonly withoutRefresh?: boolean;
  readonly bundled?: boolean;
}

/** A provider, the emulator and a site that uses both, each on a port of its own. */
export interface World {
  readonly provider: OidcServer;
  readonly site: Site;
  readonly secrets: Secrets;
  readonly context: BrowserContext;
  /** Opens the application, when it has opened its session. */
  open(path?: string): Promise<Page>;
}

interface Fixtures {
  readonly world: (options?: WorldOptions) => Promise<World>;
}

/** A test with `world(...)`, which stops at its end. */
export const test: TestType<
  PlaywrightTestArgs & PlaywrightTestOptions & Fixtures,
  PlaywrightWorkerArgs & PlaywrightWorkerOptions
> = base.extend<Fixtures>({
  world: async ({ context }, use) => {
    const stops: (() => Promise<void>)[] = [];
    await use(async (options = {}) => {
      const site = await startSite(options.bundled ?? false);
      stops.push(site.close);
      const redirectUris = [`${site.origin}/redirect.html`, `${site.origin}/`];
      const clients = options.withoutRefresh ? [withoutRefresh(redirectUris)] : [];
      const provider = await startOidcServer({ redirectUris, clients, ...options.provider });
      stops.push(provider.stop);
      const pool = connectionPool({ ca: provider.ca });
      stops.push(() => pool.close());
      const clockTolerance = Math.abs(options.provider?.clockOffset ?? 0) + 60_000;
      const oidc = { issuer: provider.issuer, audience: "https://api.test", fetch: pool.fetch, clockTolerance };
      const emulator = createEmulator({ oidc });
      const api = await listen(emulator, { port: 0 });
      stops.push(() => api.close());
      // Frames come back to the site, which is needed only without a refresh token.
      const frames = options.withoutRefresh ? `'self' ${provider.issuer}` : provider.issuer;
      site.configure({
        api: api.url,
        policy: `default-src 'self'; connect-src 'self' ${api.url} ${provider.issuer}; frame-src ${frames}`,
        session: { clientId: "spa", authority: provider.issuer, redirectUri: "/redirect.html", ...options.session },
      });
      const secrets = watchSecrets(context);
      const open = async (path = "/"): Promise<Page> => {
        const page = await context.newPage();
        await page.goto(site.origin + path);
        await expect(page.locator("#account")).not.toHaveText("opening");
        return page;
      };
      return { provider, site, secrets, context, open };
    });
    for (const stop of stops.reverse()) await stop();
  },
});

/** The application's client as some providers have it, or have it for a day only. */
const withoutRefresh = (redirectUris: readonly string[]): ClientMetadata => ({
  client_id: "spa",
  token_endpoint_auth_method: "none",
  grant_types: ["authorization_code"],
  response_types: ["code"],
  redirect_uris: [...redirectUris],
});

/** Fills in the provider's form. */
export async function logIn(page: Page, password = "wonderland"): Promise<void> {
  await page.getByLabel("User name").fill("alice");
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function allow(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Allow" }).click();
}

/** Signs in by the page itself, and waits until the application knows. */
export async function signInByRedirect(page: Page): Promise<void> {
  await page.click("#sign-in");
  await logIn(page);
  await allow(page);
  await expect(page.locator("#account")).toHaveText("signed in: alice");
}

/** Opens the popup by a click. */
export async function openPopup(page: Page, button = "#sign-in-popup"): Promise<Page> {
  const popup = page.waitForEvent("popup");
  await page.click(button);
  return popup;
}

export async function signInByPopup(page: Page): Promise<void> {
  const popup = await openPopup(page);
  await logIn(popup);
  await allow(popup);
  await expect(page.locator("#account")).toHaveText("signed in: alice");
}

/** Does something in the page, and tells what came of it. */
export async function act(page: Page, name: Parameters<App["act"]>[0], options?: object): Promise<unknown> {
  return page.evaluate(
    async ([action, given]) => {
      await window.app.act(action, given);
      return window.app.outcomes.at(-1);
    },
    [name, options] as const,
  );
}

/** What came of the last thing that was done, once something was. */
export async function outcome(page: Page): Promise<unknown> {
  await expect(page.locator("#outcome")).not.toBeEmpty();
  return JSON.parse((await page.locator("#outcome").textContent()) ?? "null");
}

export { expect };
