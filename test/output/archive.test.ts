import { gunzipSync, strFromU8, unzipSync } from "fflate";
import { unpackTar } from "modern-tar";
import { describe, expect, it } from "vitest";
import { type ArchiveFormat, archiveOf, builtin } from "../../src/output/index.js";

const files = new Map([
  ["index.ts", "export {};\n"],
  ["views/__proto__.ts", "é"],
  ["1.ts", ""],
]);

const readers: Readonly<Record<ArchiveFormat, (bytes: Uint8Array) => Promise<readonly (readonly [string, string])[]>>> =
  {
    zip: async (bytes) => Object.entries(unzipSync(bytes)).map(([path, body]) => [path, strFromU8(body)]),
    "tar.gz": async (bytes) =>
      (await unpackTar(gunzipSync(bytes))).map(({ header, data }) => [
        header.name,
        strFromU8(data ?? new Uint8Array()),
      ]),
    json: async (bytes) => Object.entries((JSON.parse(strFromU8(bytes)) as { files: Record<string, string> }).files),
  };

describe("archiveOf", () => {
  it.each(["zip", "tar.gz", "json"] as const)("packs all files as %s, the same bytes each time", async (format) => {
    const bytes = await archiveOf(files, format);
    expect(await archiveOf(new Map(files), format)).toEqual(bytes);
    expect(new Map(await readers[format](bytes))).toEqual(files);
  });
});

describe("builtin", () => {
  it("refuses where there is no Node, and says what to do", () => {
    const { process } = globalThis;
    try {
      Reflect.deleteProperty(globalThis, "process");
      expect(() => builtin("node:fs")).toThrow(expect.objectContaining({ code: "CONFIG.RUNTIME" }));
    } finally {
      globalThis.process = process;
    }
  });
});
