import { describe, expect, it } from "vitest";
import { createEmulator, type EmulatorOptions } from "../../../src/emulator/index.js";

const authorization = "Bearer t";
const spaces = "http://emulator/api/v1/projects/demo/models/spaces";

function caller(options: EmulatorOptions) {
  const emulator = createEmulator(options);
  return {
    emulator,
    call: (init: RequestInit = {}, url = spaces) => emulator.fetch(url, { headers: { authorization }, ...init }),
  };
}

describe("a limit of calls in a second", () => {
  it("lets as many come at once, then answers 429 until time has passed", async () => {
    let now = 0;
    const { call } = caller({ rateLimit: 2, retryAfter: true, now: () => now });
    const statuses = async (count: number) => {
      const answers = [];
      for (let index = 0; index < count; index++) answers.push((await call()).status);
      return answers;
    };
    expect(await statuses(3)).toEqual([200, 200, 429]);
    const refused = await call();
    expect([refused.headers.get("retry-after"), await refused.json()]).toMatchObject(["1", { error: { code: 429 } }]);
    now += 500;
    expect(await statuses(2)).toEqual([200, 429]);
    now += 60_000;
    expect(await statuses(3)).toEqual([200, 200, 429]);
    expect((await call({ method: "OPTIONS" })).status).toBe(204);
  });

  it("says no time to wait unless it is told to", async () => {
    const { call } = caller({ rateLimit: 1, now: () => 0 });
    await call();
    const { status, headers } = await call();
    expect([status, headers.has("retry-after")]).toEqual([429, false]);
  });
});

describe("chaos", () => {
  const create = (index: number): RequestInit => ({
    method: "POST",
    body: JSON.stringify({ items: [{ space: `s${index}` }] }),
  });

  it("lets that share of calls fail, each in one of four ways, alike for the same seed", async () => {
    const runs = [];
    for (const seed of [7, 7, 8]) {
      const { call } = caller({ chaos: 0.4, seed });
      const statuses = [];
      for (let index = 0; index < 200; index++) statuses.push((await call()).status);
      runs.push(statuses);
    }
    const [first, second, third] = runs;
    expect(second).toEqual(first);
    expect(third).not.toEqual(first);
    const failed = first?.filter((status) => status !== 200) ?? [];
    expect(failed.length).toBeGreaterThan(50);
    expect(failed.length).toBeLessThan(110);
    expect([...new Set(failed)].sort()).toEqual([429, 502, 503, 504]);
  });

  it("loses the answer of a call that was served, and serves none of the others that fail", async () => {
    const { emulator, call } = caller({ chaos: 1, seed: 3 });
    const expected = [];
    for (let index = 0; index < 40; index++) if ((await call(create(index))).status === 504) expected.push(`s${index}`);
    expect(expected.length).toBeGreaterThan(2);
    const page = await (await emulator.fetch("http://emulator/_emulator")).text();
    expect(page).toContain(`<dt>Spaces</dt><dd>${expected.length}</dd>`);
  });

  it("is readable for web pages too", async () => {
    const { call } = caller({ chaos: 1 });
    for (let index = 0; index < 20; index++) {
      expect((await call()).headers.get("access-control-allow-origin")).toBe("*");
    }
  });
});

describe("read only", () => {
  it("refuses what could change something, and nothing else", async () => {
    const { emulator, call } = caller({ readOnly: true });
    emulator.load({ spaces: [{ space: "loaded" }] }, { global: false });
    const post = (body: object): RequestInit => ({ method: "POST", body: JSON.stringify(body) });
    const project = "http://emulator/api/v1/projects/demo";
    for (const path of [
      "/models/spaces",
      "/models/instances",
      "/models/instances/delete",
      "/timeseries/data",
      "/dml/graphql",
    ]) {
      const answer = await call(post({ items: [] }), project + path);
      expect([path, answer.status]).toEqual([path, 403]);
    }
    expect((await call({ method: "PUT", body: "x" }, "http://emulator/storage/demo?key=k")).status).toBe(403);
    expect(await (await call()).json()).toMatchObject({ items: [{ space: "loaded" }] });
    for (const [path, body] of [
      ["/models/spaces/byids", { items: [{ space: "loaded" }] }],
      ["/models/instances/list", {}],
      ["/models/instances/query", { with: { a: { nodes: {} } }, select: { a: {} } }],
    ] as const) {
      expect([path, (await call(post(body), project + path)).status]).toEqual([path, 200]);
    }
  });
});

describe("options that no emulator could have", () => {
  it.each([{ chaos: -1 }, { chaos: Number.NaN }, { latency: -1 }, { latency: [5, 1] as const }, { rateLimit: -1 }])(
    "are refused: %j",
    (options) => {
      expect(() => createEmulator(options)).toThrow(/Invalid (chaos|latency|rateLimit)/);
    },
  );
});
