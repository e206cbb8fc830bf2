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
