import {
  act,
  allow,
  expect,
  logIn,
  openPopup,
  outcome,
  signInByPopup,
  signInByRedirect,
  test,
} from "./sign-in-world.js";

const denied = { code: "CREDENTIALS.REFUSED", providerCode: "access_denied" };

test("consent denied: opening the page again fails once, and then gives a session to sign in with", async ({
  world,
}) => {
  const { open, secrets } = await world();
  const page = await open();
  await page.click("#sign-in");
  await logIn(page);
  await page.getByRole("button", { name: "Deny" }).click();
  await expect(page.locator("#account")).toHaveText("not opened");
  expect(await page.evaluate(() => window.app.outcomes)).toEqual([expect.objectContaining(denied)]);
  expect(new URL(page.url()).search + new URL(page.url()).hash).toBe("");
  expect(await act(page, "reopen")).toBe("reopen done");
  await page.click("#sign-in");
  await allow(page);
  await expect(page.locator("#account")).toHaveText("signed in: alice");
  await secrets.expectHidden(page);
});

test("consent denied in a popup", async ({ world }) => {
  const { open } = await world();
  const page = await open();
  const popup = await openPopup(page);
  await logIn(popup);
  await popup.getByRole("button", { name: "Deny" }).click();
  expect(await outcome(page)).toMatchObject(denied);
  await signInByPopupAgain();

  async function signInByPopupAgain(): Promise<void> {
    const again = await openPopup(page);
    await allow(again);
    await expect(page.locator("#account")).toHaveText("signed in: alice");
  }
});

test("the user closes the popup: signing in ends at once, and can be begun again", async ({ world }) => {
  const { open, secrets } = await world();
  const page = await open();
  const popup = await openPopup(page);
  await expect(popup.getByLabel("Password")).toBeVisible();
  await popup.close();
  expect(await outcome(page)).toMatchObject({ code: "CREDENTIALS.CANCELLED" });
  await signInByPopup(page);
  await secrets.expectHidden(page);
});

test("an aborted signal closes the popup", async ({ world }) => {
  const { open } = await world();
  const page = await open();
  const popup = await openPopup(page);
  await expect(popup.getByLabel("Password")).toBeVisible();
  const closed = popup.waitForEvent("close");
  await page.evaluate(() => window.app.act("abort"));
  await closed;
  await expect
    .poll(() => page.evaluate(() => window.app.outcomes))
    .toContainEqual(expect.objectContaining({ code: "CREDENTIALS.CANCELLED" }));
  await signInByRedirect(page);
});

test("the provider is down: signing in and renewing fail as such, and work when it is back", async ({ world }) => {
  const { open, provider, secrets } = await world();
  const page = await open();
  provider.fail("down");
  for (const mode of ["popup", "redirect"]) {
    expect(await act(page, "signIn", { mode })).toMatchObject({
      code: "CREDENTIALS.UNREACHABLE",
      url: `${provider.issuer}/`,
    });
  }
  provider.fail(undefined);
  await signInByPopup(page);
  for (const failure of ["down", "500"] as const) {
    provider.fail(failure);
    expect(await act(page, "token", { forceRefresh: true })).toMatchObject({ code: "CREDENTIALS.UNREACHABLE" });
  }
  provider.fail(undefined);
  expect(await act(page, "token", { forceRefresh: true })).toEqual({ life: 3600 });
  await secrets.expectHidden(page);
});

test("an answer in the query that is not looked for is an error, not silence", async ({ world }) => {
  const { open, site } = await world();
  const state = Buffer.from(JSON.stringify({ id: "1", meta: { interactionType: "redirect" } })).toString("base64");
  const page = await open(`/?view=map&code=planted-code&state=${encodeURIComponent(state)}`);
  await expect(page.locator("#account")).toHaveText("not opened");
  expect(await page.evaluate(() => window.app.outcomes)).toEqual([
    expect.objectContaining({ code: "CREDENTIALS.FAILED", hint: expect.stringContaining('responseMode: "query"') }),
  ]);
  expect(page.url()).toBe(`${site.origin}/?view=map`);
});

test("a query of the application's own is left alone", async ({ world }) => {
  const { open, site } = await world();
  const page = await open("/?code=DK&state=open");
  await expect(page.locator("#account")).toHaveText("signed out");
  expect(page.url()).toBe(`${site.origin}/?code=DK&state=open`);
});

test("the redirect page says what it is for when it is opened by itself", async ({ world, page }) => {
  const { site } = await world();
  await page.goto(`${site.origin}/redirect.html`);
  await expect(page.locator("body")).toContainText("There is no answer of an identity provider");
});

test("a page that is not secure is told so", async ({ world, page }) => {
  const { site } = await world();
  await page.route("http://pygen.test/**", async (route) => {
    const url = new URL(route.request().url());
    await route.fulfill({ response: await page.request.get(`${site.origin}${url.pathname}`) });
  });
  await page.goto("http://pygen.test/");
  await expect(page.locator("#account")).toHaveText("not opened");
  expect(await page.evaluate(() => window.app.outcomes)).toEqual([
    expect.objectContaining({ code: "CONFIG.INSECURE" }),
  ]);
});

test("a wrong option is named", async ({ world }) => {
  const { open } = await world({ session: { redirectUri: "https://elsewhere.test/redirect.html" } });
  const page = await open();
  expect(await page.evaluate(() => window.app.outcomes)).toEqual([
    expect.objectContaining({ code: "CONFIG.INVALID", message: expect.stringContaining("redirectUri") }),
  ]);
});
