// Names that would lead out of a folder, or clash in one, sent to a service on a port: whatever unpacks what comes writes below its root.
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { strFromU8, unzipSync } from "fflate";
import { unpackTar } from "modern-tar";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Listening } from "../../src/server/index.js";
import { serve } from "../../src/service/node/index.js";
import { direct, text, view } from "../ir/models.js";
import { builtWorker } from "./built-worker.js";

const { script } = builtWorker();
let server: Listening;
beforeAll(async () => {
  server = await serve({ threads: 1, script: script(), limits: { perMinute: 100_000 } });
});
afterAll(() => server.close());

const hostile = [
  ...["../x", "../../../../etc/passwd", "..", ".", "/abs", "//host/share", "a/../../b", "..\\x", "C:\\x", "C:x"],
  ...[
    "x\0.ts",
    "\0",
    "~/x",
    "$HOME",
    "x:stream",
    "trailing.",
    "trailing ",
    " leading",
    ".hidden",
    "-rf",
    "a\nb",
    "%2e%2e%2fx",
  ],
  ...["\u2025/x", "\uff0e\uff0e\uff0fx", "e\u0301", "\u00e9", "__proto__", "constructor", "index", "x".repeat(255)],
  ...["con", "CON", "nul", "Nul.ts", "aux", "PRN", "com1", "COM\u00b9", "lpt9", "CONIN$"],
  ...["Case", "case", "CASE", "cAse", "\u017fcase", "\u212Aelvin", "kelvin"],
];

const definition = (space: string, externalId: string, more: object = {}) => ({
  space,
  externalId,
  version: "v1",
  properties: {
    name: { container: { type: "container", space: "s", externalId: "C" }, containerPropertyIdentifier: "name" },
  },
  ...more,
});

/** Every name as that of a view, a space, a version, and a data model. */
function hostileDocument() {
  const views = [
    ...hostile.map((name) => definition("s", name)),
    ...hostile.map((name) => definition(name, "Thing")),
    ...hostile.map((name) => definition("s", "Versioned", { version: name })),
  ];
  const ids = views.map(({ space, externalId, version }) => ({ type: "view", space, externalId, version }));
  return {
    containers: [
      { space: "s", externalId: "C", usedFor: "node", properties: { name: text, other: direct(view("C")) } },
    ],
    views,
    dataModels: hostile.flatMap((name) => [
      { space: "s", externalId: name, version: "v1", views: name === "index" ? ids : ids.slice(0, 3) },
      { space: name, externalId: "Model", version: name, views: ids.slice(0, 3) },
    ]),
  };
}

/** Every name as what a view is to be called, and as the path of the file that it comes in. */
function renamed(model: string) {
  const views = hostile.map((_, index) => definition("s", `View${index}`));
  const files = hostile.map((name, index) => ({ path: `${name}/${index}.json`, text: JSON.stringify(views[index]) }));
  const names = Object.fromEntries(hostile.map((name, index) => [`s/View${index}@v1`, name]));
  return { model: { files }, config: { rename: { views: names, model } } };
}

const named = { model: { document: hostileDocument() } };
/** Bodies with hostile names, each in other places. */
const bodies: readonly (readonly [string, Readonly<Record<string, object>>])[] = [
  ["names of views, spaces, versions and data models", named],
  ["the same, with files called as the model says", { ...named, config: { naming: { files: "pascal" } } }],
  ["new names of views and the model, and paths of files", renamed("../x")],
  ["an absolute path as the new name of the model", renamed("C:\\x")],
];

async function ask(body: object, format: string): Promise<Response> {
  return fetch(`${server.url}/generate`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...body, format }),
  });
}

/** What an unpacker is told to write, as the archive has it. */
const entriesOf: Readonly<Record<string, (answer: Response) => Promise<readonly (readonly [string, string])[]>>> = {
  zip: async (answer) =>
    Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer()))).map(([name, bytes]) => [
      name,
      strFromU8(bytes),
    ]),
  "tar.gz": async (answer) =>
    (await unpackTar(gunzipSync(new Uint8Array(await answer.arrayBuffer())))).map(({ header, data }) => {
      expect(header.type ?? "file").toBe("file");
      return [header.name, strFromU8(data ?? new Uint8Array())];
    }),
  json: async (answer) => Object.entries(((await answer.json()) as { files: Record<string, string> }).files),
};

function expectBelowRoot(names: readonly string[]): void {
  for (const name of names) {
    for (const flavour of [path.posix, path.win32]) {
      const root = flavour === path.posix ? "/root/sdk" : "C:\\root\\sdk";
      expect(flavour.resolve(root, name).startsWith(`${root}${flavour.sep}`), name).toBe(true);
    }
    expect(name).toMatch(/^[\w./-]+$/);
    for (const part of name.split("/")) {
      expect(part, name).toMatch(/^[^.-].*[^.]$|^\w$/);
      expect(part, name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
    }
  }
  const folded = names.map((name) => name.normalize("NFKC").toLowerCase());
  expect(new Set(folded).size, "names that differ in case alone").toBe(names.length);
}

describe.each(["typescript", "python"])("in %s", (language) => {
  test.each(bodies)("%s", async (_, body) => {
    const config = { language, ...body["config"] };
    const [zip, tar, json] = await Promise.all(
      ["zip", "tar.gz", "json"].map(async (format) => {
        const answer = await ask({ ...body, config }, format);
        expect(answer.status).toBe(200);
        const entries = (await entriesOf[format]?.(answer)) ?? [];
        expect(entries.length).toBeGreaterThan(hostile.length / 2);
        expectBelowRoot(entries.map(([name]) => name));
        return new Map([...entries].sort());
      }),
    );
    expect(tar).toEqual(zip);
    expect(json).toEqual(zip);
  });
});

test.each([
  ["../x"],
  ["/abs"],
  ["a/../../b"],
  ["..\\x"],
  ["C:\\x"],
  ["C:x"],
  ["x\0"],
  ["con"],
  ["a/NUL.ts"],
  ["a."],
  ["A", "a"],
])("the check of this file would find %j", (...names) => {
  expect(() => expectBelowRoot(names)).toThrow();
});
