import { expect, test } from "@playwright/test";
import { servePage } from "./page-server.js";

test("a script tag gives the global Pygen under a strict content security policy", async ({ page }) => {
  const server = await servePage("window.seen = Object.keys(window.Pygen).sort();");
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(message.text());
  });
  try {
    await page.goto(server.url);
    const seen = await page.evaluate<string[]>("window.seen");
    expect(problems).toEqual([]);
    expect(seen).toContain("PygenClient");
  } finally {
    await server.close();
  }
});

test("the policy of the page is in force: inline evaluation is refused", async ({ page }) => {
  const server = await servePage(
    "try { window.outcome = eval('1 + 1'); } catch (error) { window.outcome = error.name; }",
  );
  try {
    await page.goto(server.url);
    expect(await page.evaluate("window.outcome")).toBe("EvalError");
  } finally {
    await server.close();
  }
});

const usesMore = `window.outcome = Pygen.model(new Pygen.PygenClient({
  baseUrl: location.origin, project: "p", application: "page", credentials: Pygen.token("any") }),
  { space: "s", externalId: "M", version: "v1" }).catch(({ code, cause }) => [code, String(cause)]);`;

test("the second file is loaded on first use, under the same policy, and only once", async ({ page }) => {
  const server = await servePage(usesMore);
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  try {
    await page.goto(server.url);
    // There is no service behind the page: what fails is the call, and no longer the loading.
    expect(await page.evaluate<string[]>("window.outcome")).toEqual(["API.NOT_FOUND", "undefined"]);
    await page.evaluate(usesMore);
    expect(requests.filter((path) => path === "/pygen.more.min.js")).toHaveLength(1);
    expect(await page.evaluate("Object.keys(Pygen).includes('$parts')")).toBe(false);
  } finally {
    await server.close();
  }
});

test("a second file that is missing ends the call in an error that says so, and the next call tries again", async ({
  page,
}) => {
  const server = await servePage("");
  try {
    await page.route("**/pygen.more.min.js", (route) => route.fulfill({ status: 404 }), { times: 1 });
    await page.goto(server.url);
    await page.evaluate(usesMore);
    const [code, cause] = await page.evaluate<string[]>("window.outcome");
    expect(code).toBe("CONFIG.PART");
    expect(cause).toContain("/pygen.more.min.js is not there");
    await page.evaluate(usesMore);
    expect(await page.evaluate<string[]>("window.outcome")).toEqual(["API.NOT_FOUND", "undefined"]);
  } finally {
    await server.close();
  }
});
