import { type BrowserContext, expect, type Page } from "@playwright/test";

/** What may leak, as the network showed it: tokens, codes and verifiers. */
export interface Secrets {
  /** Looks at everything that a page and its tab show, and at the console of all pages. */
  expectHidden(...pages: readonly Page[]): Promise<void>;
}

interface Stored {
  readonly url: string;
  readonly state: string;
  readonly entries: readonly (readonly [key: string, value: string])[];
}

/** Listens to all pages of a context from now on. */
export function watchSecrets(context: BrowserContext): Secrets {
  const tokens = new Set<string>();
  const once = new Set<string>();
  const spoken: string[] = [];
  const reads: Promise<void>[] = [];

  context.on("console", (message) => spoken.push(`${message.type()}: ${message.text()}`));
  context.on("weberror", (error) => spoken.push(`pageerror: ${error.error().message}`));
  context.on("request", (request) => {
    const verifier = new URLSearchParams(request.postData() ?? "").get("code_verifier");
    if (verifier !== null) once.add(verifier);
  });
  context.on("response", (response) => {
    const code = /[#?&]code=([^&]+)/.exec(response.headers()["location"] ?? "")?.[1];
    if (code !== undefined) once.add(code);
    if (!response.url().endsWith("/token") || response.request().method() !== "POST") return;
    const read = response.json().then((answer: Record<string, string>) => {
      for (const name of ["access_token", "refresh_token", "id_token"]) if (answer[name]) tokens.add(answer[name]);
    });
    // The answer of a page that has gone cannot be read any more.
    reads.push(read.catch(() => undefined));
  });

  return {
    expectHidden: async (...pages) => {
      await Promise.all(reads);
      const all = [...tokens, ...once];
      expect(all.length).toBeGreaterThan(0);
      for (const secret of all) expect(spoken.join("\n")).not.toContain(secret);
      expect(spoken.filter((text) => /content security policy/i.test(text))).toEqual([]);
      for (const page of pages) await expectPageHides(page, tokens, once);
      for (const { value } of await context.cookies(pages.map((page) => page.url()))) {
        for (const secret of all) expect(value).not.toContain(secret);
      }
    },
  };
}

async function expectPageHides(page: Page, tokens: ReadonlySet<string>, once: ReadonlySet<string>): Promise<void> {
  const all = [...tokens, ...once];
  const { url, state, entries } = await page.evaluate<Stored>(() => ({
    url: location.href,
    state: JSON.stringify(history.state),
    entries: [...Object.entries(localStorage), ...Object.entries(sessionStorage)],
  }));
  const devtools = await page.context().newCDPSession(page);
  const { entries: visited } = await devtools.send("Page.getNavigationHistory");
  const addresses = [url, ...visited.flatMap((entry) => [entry.url, entry.userTypedURL])];
  for (const address of addresses) {
    for (const secret of all) expect(address).not.toContain(secret);
    expect(address).not.toMatch(/[#?&]code=/);
  }
  expect(url).not.toMatch(/[#?&]state=/);
  for (const secret of all) expect(state).not.toContain(secret);
  for (const [key, value] of entries) {
    for (const secret of once) {
      expect(`${key} ${value}`).not.toContain(secret);
      expect(value).not.toContain(Buffer.from(secret).toString("base64url"));
    }
    // What is not MSAL's own must hold no token.
    for (const token of tokens) if (!key.startsWith("msal.")) expect(`${key} ${value}`).not.toContain(token);
  }
  expect(await page.evaluate(() => window.app?.violations ?? [])).toEqual([]);
}
