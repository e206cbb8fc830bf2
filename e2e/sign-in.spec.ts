import { act, allow, expect, logIn, openPopup, signInByPopup, signInByRedirect, test } from "./sign-in-world.js";

const called = { spaces: [] };

test("signs in by redirect, after a wrong password, and comes back to the page it left", async ({ world }) => {
  const { open, secrets, site } = await world();
  const page = await open("/farms/horns?view=map#row-3");
  expect(await act(page, "token")).toMatchObject({ code: "CREDENTIALS.INTERACTION" });
  await page.click("#sign-in");
  await logIn(page, "looking-glass");
  await expect(page.getByRole("alert")).toBeVisible();
  await logIn(page);
  await allow(page);
  await expect(page.locator("#account")).toHaveText("signed in: alice");
  expect(page.url()).toBe(`${site.origin}/farms/horns?view=map#row-3`);
  expect(await act(page, "call")).toEqual(called);
  await secrets.expectHidden(page);
});

test("signs in by popup", async ({ world }) => {
  const { open, secrets, provider } = await world();
  const page = await open();
  const popup = await openPopup(page);
  const closed = popup.waitForEvent("close");
  await logIn(popup);
  await allow(popup);
  await closed;
  await expect(page.locator("#account")).toHaveText("signed in: alice");
  expect(await act(page, "call")).toEqual(called);
  expect(provider.requests.map(({ grant_type }) => grant_type)).toEqual(["authorization_code"]);
  await secrets.expectHidden(page);
});

test("signs in from a bundled page, by redirect and by popup", async ({ world }) => {
  const { open, secrets } = await world({ bundled: true, session: { storage: "local" } });
  const page = await open();
  await signInByRedirect(page);
  expect(await act(page, "call")).toEqual(called);
  // The provider knows the user: the popup closes by itself.
  await openPopup(page);
  await expect(page.locator("#outcome")).toHaveText('"signIn done"');
  await secrets.expectHidden(page);
});

test("renews a token that ends by the refresh token, once for all calls, and nobody does anything", async ({
  world,
}) => {
  const { open, secrets, provider } = await world();
  const page = await open();
  await signInByPopup(page);
  const calls = () => page.evaluate(() => Promise.all(Array.from({ length: 20 }, () => window.app.act("call"))));
  await calls();
  const before = provider.requests.length;
  await page.clock.setFixedTime(Date.now() + 3_700_000);
  await calls();
  await calls();
  expect(
    await page.evaluate(() => window.app.outcomes.filter((one) => !Object.hasOwn(one as object, "spaces"))),
  ).toEqual(["signIn done"]);
  expect(provider.requests.slice(before).map(({ grant_type, status }) => [grant_type, status])).toEqual([
    ["refresh_token", 200],
  ]);
  expect(before).toBe(1);
  await secrets.expectHidden(page);
});

test("renews a token in a hidden frame where there is no refresh token, until the provider forgot the user", async ({
  world,
}) => {
  const { open, secrets, provider } = await world({ withoutRefresh: true, provider: { accessTokenTtl: 200 } });
  const page = await open();
  await signInByPopup(page);
  expect(await act(page, "token", { forceRefresh: true })).toEqual({ life: 200 });
  expect(provider.requests.map(({ grant_type }) => grant_type)).toEqual(["authorization_code", "authorization_code"]);
  await secrets.expectHidden(page);
  provider.endSessions();
  expect(await act(page, "token", { forceRefresh: true })).toMatchObject({
    code: "CREDENTIALS.INTERACTION",
    providerCode: "login_required",
  });
  // What it has is good still.
  expect(await act(page, "call")).toEqual(called);
});

test("a reload keeps the session, and asks the provider nothing", async ({ world }) => {
  const { open, secrets, provider } = await world();
  const page = await open();
  await signInByRedirect(page);
  const before = provider.requests.length;
  await page.reload();
  await expect(page.locator("#account")).toHaveText("signed in: alice");
  expect(await act(page, "call")).toEqual(called);
  expect(provider.requests).toHaveLength(before);
  await secrets.expectHidden(page);
});

test("tabs share a local session: signing in and out in one reaches the listeners of the other", async ({ world }) => {
  const { open, secrets } = await world({ session: { storage: "local" } });
  const first = await open();
  const second = await open();
  await signInByPopup(first);
  await expect(second.locator("#account")).toHaveText("signed in: alice");
  expect(await second.evaluate(() => window.app.changes)).toBeGreaterThan(0);
  expect(await act(second, "call")).toEqual(called);
  const third = await open();
  await expect(third.locator("#account")).toHaveText("signed in: alice");
  await secrets.expectHidden(first, second, third);
  const popup = await openPopup(first, "#sign-out-popup");
  await popup.getByRole("button", { name: "Sign out" }).click();
  for (const page of [first, second, third]) {
    await expect(page.locator("#account")).toHaveText("signed out");
    expect(await act(page, "call")).toMatchObject({ code: "CREDENTIALS.INTERACTION" });
  }
});

test("a tab with a session of its own knows nothing of others'", async ({ world }) => {
  const { open } = await world();
  const first = await open();
  await signInByPopup(first);
  const second = await open();
  await expect(second.locator("#account")).toHaveText("signed out");
  // The provider knows the user still: no form is shown.
  await second.click("#sign-in");
  await expect(second.locator("#account")).toHaveText("signed in: alice");
});

test("signs out by redirect and comes back to the page it left; nothing of the session stays", async ({ world }) => {
  const { open, secrets, site } = await world();
  const page = await open("/farms/horns");
  await signInByRedirect(page);
  await page.click("#sign-out");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.locator("#account")).toHaveText("signed out");
  expect(page.url()).toBe(`${site.origin}/farms/horns`);
  expect(await act(page, "call")).toMatchObject({ code: "CREDENTIALS.INTERACTION" });
  expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/accesstoken|refreshtoken|idtoken-/i);
  await secrets.expectHidden(page);
  await page.click("#sign-in");
  await logIn(page);
  await allow(page);
  await expect(page.locator("#account")).toHaveText("signed in: alice");
});

for (const [name, clockOffset] of [
  ["ahead", 600_000],
  ["behind", -600_000],
] as const) {
  test(`signs in and renews with a provider whose clock is 10 minutes ${name}`, async ({ world }) => {
    const { open, secrets } = await world({ provider: { clockOffset } });
    const page = await open();
    await signInByRedirect(page);
    expect(await act(page, "call")).toEqual(called);
    expect(await act(page, "token", { forceRefresh: true })).toEqual({ life: 3600 });
    expect(await act(page, "call")).toEqual(called);
    await secrets.expectHidden(page);
  });
}

test("takes the provider's answer out of the query, where an application without a redirect page has it", async ({
  world,
}) => {
  const { open, secrets, site } = await world({ session: { redirectUri: "/", responseMode: "query" } });
  const page = await open("/?view=map");
  await page.click("#sign-in");
  await logIn(page);
  await allow(page);
  await expect(page.locator("#account")).toHaveText("signed in: alice");
  expect(page.url()).toMatch(`${site.origin}/`);
  expect(await act(page, "call")).toEqual(called);
  await secrets.expectHidden(page);
});
