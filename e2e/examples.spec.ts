import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, type Page, test } from "@playwright/test";

const root = fileURLToPath(new URL("..", import.meta.url));
const running: ChildProcess[] = [];

/** Starts an example by its one command, and gives its address. */
async function start(name: string): Promise<string> {
  const args = ["--import", "tsx", "examples/launch/main.ts", name, "--json"];
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, TSX_TSCONFIG_PATH: "tsconfig.json" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith("{")) return (JSON.parse(line) as { readonly url: string }).url;
  }
  throw new Error(`The example ${name} did not start.`);
}

/** What pages of ours should not do, gathered as they do it; the provider's pages are not ours. */
function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (/error|warning/.test(message.type()) && message.location().url.startsWith("http:")) {
      problems.push(`${message.text()} (${message.location().url})`);
    }
  });
  return problems;
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("button", { name: "Allow" }).click();
}

test.afterAll(async () => {
  for (const child of running.splice(0)) {
    const ended = once(child, "exit");
    child.kill("SIGINT");
    expect((await ended)[0]).toBe(0);
  }
});

test.describe("examples/web-app", () => {
  let url: string;
  test.describe.configure({ mode: "serial" });
  test.beforeAll(async () => {
    url = await start("web-app");
  });

  const rows = (page: Page) => page.getByRole("row").filter({ has: page.getByRole("button", { name: /^Edit/ }) });
  const problem = (page: Page) => page.getByRole("alert");

  test("signs in, lists, narrows down, shows more, and signs out, under its strict policy", async ({ page }) => {
    const problems = watch(page);
    const answer = await page.goto(url);
    expect(answer?.headers()["content-security-policy"]).toMatch(
      /^default-src 'self'; connect-src 'self' http\S+ https\S+; frame-src https\S+$/,
    );
    await signIn(page, "alice", "wonderland");
    await expect(page.getByText("24 turbines shown")).toBeVisible();
    await expect(page.getByText("alice")).toBeVisible();
    await page.getByRole("button", { name: "Show more" }).click();
    await expect(rows(page)).toHaveCount(48);

    await page.getByLabel("Name begins with").fill("Horns Bank A");
    await expect(page.getByText("6 turbines, these are all")).toBeVisible();
    await expect(rows(page).first()).toContainText("Horns Bank A1");
    await page.getByLabel("Name begins with").fill("Nowhere");
    await expect(page.getByRole("heading", { name: "No turbine is like that" })).toBeVisible();
    await page.getByRole("button", { name: "Show all turbines" }).click();
    await page.getByLabel("Farm").selectOption("Dogger Ridge");
    await expect(rows(page).first()).toContainText("Dogger Ridge A1");
    await page.getByLabel("Farm").selectOption("Any");
    await page.getByLabel("Capacity").selectOption("10 MW and more");
    await page.getByLabel("Status").selectOption("Idle");
    await expect(rows(page).first()).toContainText("11 MW");
    await expect(rows(page).filter({ hasNotText: "Idle" })).toHaveCount(0);

    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await expect(page.getByRole("heading", { name: "Every turbine, in one place" })).toBeVisible();
    expect(problems).toEqual([]);
  });

  test("stores what is edited, says what is wrong with it, and lets choose when somebody else was faster", async ({
    page,
    context,
  }) => {
    await page.goto(url);
    await signIn(page, "alice", "wonderland");
    await page.getByRole("button", { name: "Edit Anholt West A2", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Anholt West A2" });
    await dialog.getByLabel("Name").fill(" ");
    await dialog.getByLabel("Capacity").fill("99");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByLabel("Name")).toBeFocused();
    await expect(dialog.getByLabel("Name")).toHaveAccessibleDescription("Give the turbine a name.");
    await expect(dialog.getByLabel("Capacity")).toHaveAccessibleDescription(/up to 30/);

    const other = await context.newPage();
    await other.goto(url);
    await other.getByRole("button", { name: "Sign in" }).click();
    await other.getByRole("button", { name: "Edit Anholt West A2", exact: true }).click();
    await other.getByLabel("Status").last().selectOption("In maintenance");
    await other.getByLabel("Capacity").last().fill("7.5");
    await other.getByRole("button", { name: "Save" }).click();
    await expect(rows(other).filter({ hasText: "Anholt West A2" }).first()).toContainText("7.5 MW");

    await dialog.getByLabel("Name").fill("Anholt West A2, renamed");
    await dialog.getByLabel("Capacity").fill("12");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog.getByRole("alert")).toContainText("Somebody else changed this turbine meanwhile");
    await expect(dialog.getByRole("alert")).toContainText("7.5 MW, status in maintenance");
    await dialog.getByRole("button", { name: "Save mine" }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByRole("button", { name: "Edit Anholt West A2, renamed" })).toBeFocused();
    await other.reload();
    await expect(rows(other).filter({ hasText: "Anholt West A2, renamed" })).toContainText("12 MW");
  });

  test("tells errors well: no network, and no right to change anything", async ({ page, context }) => {
    await page.goto(url);
    await signIn(page, "bob", "builder");
    await expect(page.getByText("24 turbines shown")).toBeVisible();
    await page.getByRole("button", { name: "Edit Anholt West B1", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
    await expect(problem(page)).toContainText("You are not allowed to do this");
    await problem(page).getByText("Details for support").click();
    await expect(problem(page)).toContainText("API.FORBIDDEN");
    await expect(problem(page).getByText("Request")).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).click();

    await context.setOffline(true);
    await page.getByLabel("Name begins with").fill("Kriegers");
    await expect(problem(page)).toContainText("The service cannot be reached");
    await context.setOffline(false);
    await problem(page).getByRole("button", { name: "Try again" }).click();
    await expect(rows(page).first()).toContainText("Kriegers Shoal A1");
  });
});

test("examples/cdn lists through the client of the script tag", async ({ page }) => {
  const url = await start("cdn");
  const problems = watch(page);
  await page.goto(url);
  await signIn(page, "alice", "wonderland");
  await expect(page.getByRole("status")).toHaveText(/^\d+ turbines of 8 MW and more$/);
  await expect(page.getByRole("row").nth(1)).toContainText("Anholt West");
  expect(problems).toEqual([]);
});

test("examples/ssr has its rows in the page before any script, and goes on in the browser", async ({ page }) => {
  const url = await start("ssr");
  const html = await (await page.request.get(url)).text();
  const beforeScripts = html.slice(html.indexOf("<body>"), html.indexOf("<script", html.indexOf("<body>")));
  expect(beforeScripts.match(/<li>/g)).toHaveLength(20);
  expect(beforeScripts).toContain("Anholt West A1");

  const problems = watch(page);
  await page.goto(url);
  await page.getByRole("button", { name: "Show more" }).click();
  await expect(page.getByText("40 turbines shown")).toBeVisible();
  const names = await page.locator("li b").allTextContents();
  expect(new Set(names).size).toBe(40);
  expect(names).toEqual([...names].sort());
  expect(problems).toEqual([]);
});

test("examples/node-service streams, signed in as itself", async ({ request }) => {
  const url = await start("node-service");
  const lines = (await (await request.get(url)).text()).trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(50);
  expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
    expect.objectContaining({ name: "Anholt West A6", capacity: 11 }),
  );
});
