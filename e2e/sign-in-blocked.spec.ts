import { allow, expect, logIn, outcome, test } from "./sign-in-world.js";

// Playwright turns the browser's own blocking off.
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({ ...launchOptions, ignoreDefaultArgs: ["--disable-popup-blocking"] }),
});

// Whatever looks at the page meanwhile would count as what the user does, and let windows open: what it tells is waited for.
test("a popup that the browser blocks is an error that says what to do", async ({ world }) => {
  const { open } = await world();
  const page = await open();
  const ended = page.waitForEvent("console", (message) => message.text() === "signed in late");
  await page.click("#sign-in-late");
  await ended;
  expect(await outcome(page)).toMatchObject({
    code: "CREDENTIALS.POPUP_BLOCKED",
    hint: expect.stringContaining("click"),
  });
});

test("a popup that the browser blocks becomes a redirect where that is asked for", async ({ world }) => {
  const { open, provider, secrets } = await world({ session: { popupBlocked: "redirect" } });
  const page = await open();
  const left = page.waitForRequest((request) => request.url().startsWith(`${provider.issuer}/auth`));
  await page.click("#sign-in-late");
  await left;
  await logIn(page);
  await allow(page);
  await expect(page.locator("#account")).toHaveText("signed in: alice");
  await secrets.expectHidden(page);
});
