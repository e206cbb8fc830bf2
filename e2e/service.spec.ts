import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { connectionPool } from "pygen/node";
import { serve } from "pygen/service/node";
import { startOidcServer } from "../test/tools/oidc-server.js";

const model = readFileSync(new URL("../examples/windfarm/model.json", import.meta.url), "utf8");
const worker = new URL("../dist/service/node/worker.js", import.meta.url);
const key = "0123456789abcdef-e2e";

/** Opens the page of a service; what it says on the console, and what its policy stopped, is kept. */
async function open(page: Page) {
  const server = await serve({ threads: 1, script: worker, apiKeys: { e2e: key } });
  const said: string[] = [];
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(server.url);
  return { server, said };
}

test("the page of the service validates a model and generates its SDK", async ({ page }) => {
  const { server, said } = await open(page);
  try {
    await page.getByLabel("Model: JSON").fill(model);
    await page.getByLabel("API key").fill(key);
    await page.getByRole("button", { name: "Validate" }).click();
    await expect(page.locator("output")).toContainText('"ok": true');
    await page.getByRole("button", { name: "Generate" }).click();
    await expect(page.locator("output")).toContainText("warnings");
    const files = page.getByRole("region", { name: "Files" });
    const shown = await files.locator("summary").allTextContents();
    expect(shown).toContain("index.ts");
    await files.getByText("index.ts", { exact: true }).click();
    await expect(files.locator("details[open] pre")).toContainText("export ");
    const downloading = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toBe("sdk.zip");
    const names = Object.keys(unzipSync(readFileSync(await download.path())));
    expect(names.sort()).toEqual(shown.sort());
    expect(said).toEqual([]);
  } finally {
    await server.close();
  }
});

test("the page of the service takes GraphQL, with the id of its data model", async ({ page }) => {
  const { server, said } = await open(page);
  try {
    await page.getByLabel("Model: JSON").fill("type Turbine { name: String }");
    await page.getByLabel("Name of the file").fill("model.graphql");
    await page.getByLabel("Data model").fill("wind/WindFarm@v1");
    await page.getByLabel("API key").fill(key);
    await page.getByRole("button", { name: "Generate" }).click();
    await expect(page.getByRole("region", { name: "Files" }).getByText("turbine.ts", { exact: true })).toBeVisible();
    expect(said).toEqual([]);
  } finally {
    await server.close();
  }
});

test("the page of the service shows refusals and hostile models as text, and runs nothing of them", async ({
  page,
}) => {
  const { server } = await open(page);
  try {
    await page.getByLabel("Model: JSON").fill(model);
    await page.getByRole("button", { name: "Generate" }).click();
    await expect(page.locator("output")).toContainText("ACCESS.MISSING");
    await page.getByLabel("API key").fill(key);
    const name = '<img src=x onerror="document.title=1">';
    await page
      .getByLabel("Model: JSON")
      .fill(JSON.stringify({ views: [{ space: name, externalId: name, version: "1" }] }));
    await page.getByRole("button", { name: "Validate" }).click();
    await expect(page.locator("output")).toContainText("<img src=x");
    expect(await page.locator("output *").count()).toBe(0);
    // Text that becomes a script is stopped by the policy of the page.
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'ran'";
      document.body.append(script);
    });
    await expect(page).toHaveTitle("Pygen");
  } finally {
    await server.close();
  }
});

test("the page of the service takes a token of its issuer, sends it to the service alone, and keeps it nowhere", async ({
  page,
}) => {
  const issuer = await startOidcServer();
  const pool = connectionPool({ ca: issuer.ca });
  const oidc = { issuer: issuer.issuer, audience: "https://api.test", fetch: pool.fetch };
  const lines: string[] = [];
  const log = (message: string, fields?: object) => void lines.push(message + JSON.stringify(fields));
  const logger = { debug: log, info: log, warn: log, error: log };
  const server = await serve({ threads: 1, script: worker, oidc, logger });
  try {
    const form = { grant_type: "client_credentials", client_id: "service", client_secret: "secret" };
    const body = new URLSearchParams({ ...form, resource: "https://api.test", scope: "read" });
    const answer = await pool.fetch(new Request(`${issuer.issuer}/token`, { method: "POST", body }));
    const { access_token: token } = (await answer.json()) as { readonly access_token: string };
    const sent: { readonly url: string; readonly authorization: string | undefined }[] = [];
    page.on("request", (request) => {
      sent.push({ url: request.url(), authorization: request.headers()["authorization"] });
    });
    await page.goto(server.url);
    await page.getByLabel("Model: JSON").fill(model);
    await page.getByRole("button", { name: "Validate" }).click();
    await expect(page.locator("output")).toContainText("ACCESS.MISSING");
    await page.getByLabel("Token").fill(` ${token}\n`);
    await page.getByRole("button", { name: "Validate" }).click();
    await expect(page.locator("output")).toContainText('"ok": true');
    expect(sent.map(({ authorization }) => authorization)).toEqual([undefined, undefined, `Bearer ${token}`]);
    expect(sent.every(({ url }) => url.startsWith(server.url) && !url.includes(token))).toBe(true);
    const kept = await page.evaluate(() => [
      location.href,
      JSON.stringify([history.state, localStorage, sessionStorage]),
      document.cookie,
      document.documentElement.outerHTML,
    ]);
    expect(kept.join("\n")).not.toContain(token);
    await page.reload();
    await expect(page.getByLabel("Token")).toHaveValue("");
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join("\n")).not.toContain(token);
  } finally {
    await server.close();
    await pool.close();
    await issuer.stop();
  }
});
