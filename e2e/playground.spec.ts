import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";

const root = fileURLToPath(new URL("..", import.meta.url));

test.describe.configure({ mode: "serial" });

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

test("loads a model, generates, writes, queries and shows results and plan, with no server", async ({
  page,
  context,
}) => {
  const problems = await open(page);
  await page.getByRole("button", { name: "Load the wind farm" }).click();
  const load = step(page, /Load a model/);
  await expect(load.getByRole("status")).toHaveText(/^wind\/WindFarm@v1 is loaded: \d+ views/);

  const generate = step(page, /Look at the SDK/);
  await expect(generate.getByRole("status")).toHaveText(/^11 files of TypeScript/);
  await generate.getByLabel("File").selectOption("turbine.ts");
  await expect(generate.getByRole("region", { name: "Text of turbine.ts" })).toHaveText(
    readFileSync(join(root, "examples/windfarm/sdk/turbine.ts"), "utf8"),
  );
  await generate.getByLabel("Language").selectOption("Python");
  await expect(generate.getByRole("status")).toHaveText(/files of Python/);

  const write = step(page, /Write/);
  await write.getByRole("button", { name: "Write" }).click();
  await expect(write.getByRole("status")).toHaveText(/^\d+ nodes and edges were written/);

  const query = step(page, /Query/);
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("status")).toHaveText("2 rows.");
  await expect(query.getByRole("columnheader", { name: "capacity number | null" })).toBeVisible();
  await expect(query.getByRole("columnheader", { name: "blades Blade[]" })).toBeVisible();
  await expect(query.getByRole("row").nth(1)).toContainText("A1");
  await expect(query.getByRole("row").nth(1)).toContainText("Horns Bank");

  await query.getByRole("button", { name: "Plan" }).click();
  await expect(query.getByRole("status")).toHaveText("Nothing was sent.");
  await expect(query.getByRole("region", { name: "Plan", exact: true })).toContainText(
    "2_blades: 'blades' of root, 2 for each",
  );
  await query.getByText("Plan as data").click();
  await expect(query.getByRole("region", { name: "Plan as data" })).toContainText('"stages": [');
  // Every part of the page is there by now: the service was all the time.
  await context.setOffline(true);
  await query.getByRole("button", { name: "Profile" }).click();
  await expect(query.getByRole("status")).toHaveText(/^2 rows by 1 request in \d+ ms/);

  await query.getByLabel("Ask by").selectOption("GraphQL");
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("status")).toHaveText("Answered.");
  await expect(query.getByRole("region", { name: "Answer" })).toContainText('"name": "Horns Bank"');
  expect(problems).toEqual([]);
});

const hostile = "<img src=x onerror=alert(1)>";

/** A model of one view, with a text property that is called hostile in every place that takes text. */
const thing = {
  spaces: [{ space: "s" }],
  containers: [{ space: "s", externalId: "Thing", usedFor: "node", properties: { name: { type: { type: "text" } } } }],
  views: [
    {
      space: "s",
      externalId: "Thing",
      version: "v1",
      name: hostile,
      description: `*/ alert(1) </script><script>alert(2)</script> ${hostile}`,
      properties: {
        name: {
          name: hostile,
          container: { type: "container", space: "s", externalId: "Thing" },
          containerPropertyIdentifier: "name",
        },
      },
    },
  ],
  dataModels: [
    {
      space: "s",
      externalId: "M",
      version: "v1",
      name: hostile,
      views: [{ type: "view", space: "s", externalId: "Thing", version: "v1" }],
    },
  ],
};

const file = (text: string) => ({ name: "model.json", mimeType: "application/json", buffer: Buffer.from(text) });

test("takes a model file, and text of it for nothing but text", async ({ page }) => {
  const problems = await open(page);
  await page.getByLabel("or a model file").setInputFiles(file(JSON.stringify(thing)));
  await expect(step(page, /Load a model/).getByRole("status")).toHaveText(/^s\/M@v1 is loaded: 1 view/);
  const generate = step(page, /Look at the SDK/);
  await generate.getByLabel("File").selectOption("thing.ts");
  await expect(generate.locator("pre")).toContainText(hostile);

  const write = step(page, /Write/);
  await write
    .getByLabel("Instances by view, as JSON")
    .fill(JSON.stringify({ thing: [{ externalId: "x", name: hostile }] }));
  await write.getByRole("button", { name: "Write" }).click();
  await expect(write.getByRole("status")).toHaveText("1 nodes and edges were written.");

  const query = step(page, /Query/);
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("cell", { name: hostile })).toBeVisible();
  expect(await page.locator("img, main script").count()).toBe(0);
  expect(problems).toEqual([]);
});

test("says what is wrong with a file, with instances and with a query, and keeps what it had", async ({ page }) => {
  const problems = await open(page);
  const load = step(page, /Load a model/).getByRole("status");
  const query = step(page, /Query/);
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("status")).toHaveText("Load a model first.");
  await page.getByLabel("or a model file").setInputFiles(file(JSON.stringify(thing)));
  await expect(load).toHaveText(/is loaded/);

  const badFiles: readonly [text: string, told: RegExp][] = [
    ["{", /^This is not JSON/],
    ["[]", /^A JSON object is expected/],
    ["{}", /^The file holds no data model/],
    [JSON.stringify({ ...thing, views: [{ ...thing.views[0], version: 1 }] }), /version/],
  ];
  for (const [text, told] of badFiles) {
    await page.getByLabel("or a model file").setInputFiles(file(text));
    await expect(load).toHaveText(told);
  }

  const write = step(page, /Write/);
  await write.getByLabel("Instances by view, as JSON").fill('{ "thing": {} }');
  await write.getByRole("button", { name: "Write" }).click();
  await expect(write.getByRole("status")).toHaveText("thing must be a list of objects.");

  const badQueries: readonly [text: string, told: RegExp][] = [
    ["alert(1)", /^This is not JSON/],
    ['{ "view": "thign" }', /^view must be one of thing\./],
    ['{ "view": "__proto__" }', /^view must be one of thing\./],
    ['{ "view": "thing", "wher": {} }', /^A query has no 'wher': it has view, where, select/],
    ['{ "view": "thing", "where": { "nmae": { "eq": 1 } } }', /(?=.*nmae)(?=.*s\/Thing@v1)/],
    ['{ "view": "thing", "select": { "nmae": true } }', /(?=.*nmae)(?=.*s\/Thing@v1)/],
    ['{ "view": "thing", "limit": "many" }', /limit/],
  ];
  for (const [text, told] of badQueries) {
    await query.getByLabel("Query, as data").fill(text);
    await query.getByRole("button", { name: "Run" }).click();
    await expect(query.getByRole("status")).toHaveText(told);
  }
  await query.getByLabel("Query, as data").fill('{ "view": "thing" }');
  await query.getByRole("button", { name: "Run" }).click();
  await expect(query.getByRole("status")).toHaveText("0 rows.");
  expect(problems).toEqual([]);
});
