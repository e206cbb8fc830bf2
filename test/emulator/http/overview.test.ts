import { describe, expect, it } from "vitest";
import { createEmulator } from "../../../src/emulator/index.js";
import { ask, serve } from "./serving.js";

describe("the page for people", () => {
  it("shows what projects hold and the last calls, under a policy that lets nothing run", async () => {
    const { url, call } = await serve();
    await call("/models/spaces", { items: [{ space: "wind" }] });
    await call("/models/datamodels", {
      items: [{ space: "wind", externalId: "Farm", version: "v1", name: "Wind & <b>farm</b>" }],
    });
    await call("/models/nothing/%3Cscript%3E?secret=hidden");
    const response = await fetch(`${url}/_emulator`);
    const page = await response.text();
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(page).toContain("Project <code>demo</code>");
    expect(page).toContain("<dt>Spaces</dt><dd>1</dd>");
    expect(page).toContain("Wind &amp; &lt;b&gt;farm&lt;/b&gt;");
    expect(page).toContain('<td class="number bad">404</td>');
    expect(page).toContain("/models/spaces");
    expect(page).not.toMatch(/<script|<b>farm|hidden|style=/);
    const style = await fetch(`${url}/_emulator/style.css`);
    expect(style.headers.get("content-type")).toContain("text/css");
    expect(await style.text()).toContain("body {");
  });

  it("says so when nothing was asked for yet, and does not count itself", async () => {
    const emulator = createEmulator();
    for (let index = 0; index < 2; index++) {
      const page = await (await emulator.fetch("http://emulator/_emulator")).text();
      expect(page).toContain("No project was asked for yet; each begins with");
      expect(page).toContain("0 in all");
    }
  });

  it("remembers the last 100 calls, the newest first", async () => {
    const emulator = createEmulator();
    for (let index = 0; index < 250; index++) await emulator.fetch(`http://emulator/api/${index}`);
    const page = await (await emulator.fetch("http://emulator/_emulator")).text();
    const paths = [...page.matchAll(/<code>\/api\/(\d+)<\/code>/g)].map(([, number]) => Number(number));
    expect(paths).toEqual(Array.from({ length: 100 }, (_, index) => 249 - index));
    expect(page).toContain("250 in all");
  });

  it("is not there where tokens are checked, unless it is asked for", async () => {
    const { url } = await serve({ token: "secret" });
    expect((await ask(`${url}/_emulator`)).status).toBe(404);
    const { url: open } = await serve({ token: "secret", page: true });
    expect((await fetch(`${open}/_emulator`)).status).toBe(200);
  });
});
