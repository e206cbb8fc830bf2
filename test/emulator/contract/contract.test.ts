import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEmulator, type EmulatorOptions } from "../../../src/emulator/index.js";
import { type Listening, listen } from "../../../src/emulator/node.js";
import { openApiChecker } from "../../tools/openapi-checker.js";
import { type Api, apiOf } from "./api.js";
import { areas } from "./areas.js";

const checker = openApiChecker();
let time = Date.UTC(2026, 0, 1);
// A clock that moves with every look at it, so that later is later.
const start = (options: EmulatorOptions = {}) => listen(createEmulator({ now: () => time++, ...options }));
let shared: Listening;

beforeAll(async () => {
  shared = await start();
});
afterAll(() => shared.close());

describe.each(areas.map((area) => [area.name, area] as const))("contract: %s", (name, { world, options, cases }) => {
  let api: Api;
  let own: Listening | undefined;
  afterAll(() => own?.close());
  beforeAll(async () => {
    own = options && (await start(options));
    api = apiOf({
      url: (own ?? shared).url,
      project: name,
      whole: checker?.wrap() ?? fetch,
      answersOnly: checker?.wrap(fetch, { requests: false }) ?? fetch,
      plain: fetch,
      later: (milliseconds) => {
        time += milliseconds;
      },
    });
    await world(api);
  });
  it.each(cases.map((item) => [`${item.operation} ${item.option}: ${item.name}`, item] as const))(
    "%s",
    (_name, { run }) => run(api),
  );
});

describe("the cases", () => {
  it("are at least 400, each with a name of its own", () => {
    const names = areas.flatMap(({ cases }) =>
      cases.map(({ operation, option, name }) => `${operation} ${option} ${name}`),
    );
    expect(names.length).toBeGreaterThanOrEqual(400);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
