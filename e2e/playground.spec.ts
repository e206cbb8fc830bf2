import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";

const root = fileURLToPath(new URL("..", import.meta.url));

test.describe.configure({ timeout: 120_000, mode: "serial" });

let program: ChildProcess;
let url: string;

test.beforeAll(async () => {
  const args = ["--import", "tsx", "examples/launch/main.ts", "playground", "--json"];
  program = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.json" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(createInterface({ input: program.stdout! }), "line");
  url = (JSON.parse(String(line)) as { readonly url: string }).url;
});

test.afterAll(async () => {
  const ended = once(program, "exit");
  program.kill("SIGINT");
  expect((await ended)[0]).toBe(0);
});

/** Opens the page, and gathers what it should not do: errors, and calls to anything but its own files. */
async function open(page: Page): Promise<string[]> {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/error|warning/.test(message.type())) problems.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(url) || request.method() !== "GET") problems.push(request.url());
  });
  const answer = await page.goto(url);
  expect(answer?.headers()["content-security-policy"]).toContain("default-src 'none'; script-src 'self'");
  return problems;
}

const step = (page: Page, name: RegExp) => page.getByRole("region", { name });

test("loads a model, writes, queries and shows results, with no server", async ({ page, context }) => {
  const problems = await open(page);
  await page.getByRole("button", { name: "Load the wind farm" }).click();
  const load = step(page, /Load a model/);
  await expect(load.getByRole("status")).toHaveText(/^wind\/WindFarm@v1 is loaded: \d+ views/);

  const write = step(page, /Write/);
  await write.getByRole("button", { name: "Write" }).click();
  await expect(write.getByRole("status")).toHaveText(/^\d+ nodes and edges were written/);

  const query = step(page, /Query/);
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("status")).toHaveText("2 rows.");
  await expect(query.getByRole("row").nth(1)).toContainText("A1");
  await expect(query.getByRole("row").nth(1)).toContainText("Horns Bank");

  // Every part of the page is there by now: the service was all the time.
  await context.setOffline(true);
  await query.getByRole("combobox").selectOption("GraphQL");
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("status")).toHaveText("Answered.");
  await expect(query.locator("pre")).toContainText('"name": "Horns Bank"');
  expect(problems).toEqual([]);
});

test("takes a model file, and text of it for nothing but text", async ({ page }) => {
  const problems = await open(page);
  const hostile = "<img src=x onerror=alert(1)>";
  const property = { type: { type: "text" } };
  const mapped = {
    container: { type: "container", space: "s", externalId: "Thing" },
    containerPropertyIdentifier: "name",
  };
  const model = {
    spaces: [{ space: "s" }],
    containers: [{ space: "s", externalId: "Thing", usedFor: "node", properties: { name: property } }],
    views: [{ space: "s", externalId: "Thing", version: "v1", properties: { name: mapped } }],
    dataModels: [
      {
        space: "s",
        externalId: "M",
        version: "v1",
        views: [{ type: "view", space: "s", externalId: "Thing", version: "v1" }],
      },
    ],
  };
  const file = { name: "model.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(model)) };
  await page.getByLabel("or a model file").setInputFiles(file);
  await expect(step(page, /Load a model/).getByRole("status")).toHaveText(/^s\/M@v1 is loaded: 1 view/);

  const write = step(page, /Write/);
  await write
    .getByLabel("Instances by view, as JSON")
    .fill(JSON.stringify({ thing: [{ externalId: "x", name: hostile }] }));
  await write.getByRole("button", { name: "Write" }).click();
  await expect(write.getByRole("status")).toHaveText("1 nodes and edges were written.");

  const query = step(page, /Query/);
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("cell", { name: hostile })).toBeVisible();
  await query.getByLabel("Query, as data").fill('{ "view": "thing", "where": { "nmae": { "eq": 1 } } }');
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("status")).toContainText("nmae");
  await query.getByLabel("Query, as data").fill("alert(1)");
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("status")).toContainText("This is not JSON");
  expect(problems).toEqual([]);
});
