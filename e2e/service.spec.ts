import { readFileSync } from "node:fs";
import { expect, type Page, test } from "@playwright/test";
import { unzipSync } from "fflate";
import { serve } from "pygen/service/node";

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
