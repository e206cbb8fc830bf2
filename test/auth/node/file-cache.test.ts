import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { clientCredentials, fileCache } from "../../../src/auth/node/index.js";
import { provider } from "./provider.js";

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), "pygen-cache-"));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

const modeOf = async (place: string): Promise<number> => (await stat(place)).mode & 0o777;

describe("fileCache", () => {
  test("keeps texts by name, for whoever opens the same file", async () => {
    const file = path.join(await folder(), "deep", "er", "tokens.json");
    const cache = fileCache(file);
    expect(await cache.load("a")).toBeUndefined();
    await Promise.all([cache.save("a", "1"), fileCache(file).save("__proto__", "2"), cache.save("b", "3")]);
    const other = fileCache(file);
    expect([await other.load("a"), await other.load("__proto__"), await other.load("b")]).toEqual(["1", "2", "3"]);
    expect(await other.load("toString")).toBeUndefined();
  });

  test.skipIf(process.platform === "win32")("is readable by its owner alone, and leaves no drafts", async () => {
    const place = path.join(await folder(), "own");
    const file = path.join(place, "tokens.json");
    await fileCache(file).save("a", "1");
    expect([await modeOf(place), await modeOf(file)]).toEqual([0o700, 0o600]);
    expect(await readdir(place)).toEqual(["tokens.json"]);
  });

  test.skipIf(process.platform === "win32")("takes back rights that are too wide", async () => {
    const file = path.join(await folder(), "tokens.json");
    await writeFile(file, '{"a":"1"}', { mode: 0o644 });
    await chmod(file, 0o644);
    expect(await fileCache(file).load("a")).toBe("1");
    expect(await modeOf(file)).toBe(0o600);
  });

  test.skipIf(process.platform === "win32")("refuses a folder in which others can write", async () => {
    const place = path.join(await folder(), "open");
    await mkdir(place);
    await chmod(place, 0o777);
    await expect(fileCache(path.join(place, "tokens.json")).save("a", "1")).rejects.toMatchObject({
      code: "CONFIG.UNSAFE",
      message: expect.stringContaining(place),
    });
    expect(await readdir(place)).toEqual([]);
  });

  test.skipIf(process.platform === "win32")("refuses a link in place of the file", async () => {
    const place = await folder();
    await writeFile(path.join(place, "else.json"), "{}");
    await symlink(path.join(place, "else.json"), path.join(place, "tokens.json"));
    await expect(fileCache(path.join(place, "tokens.json")).load("a")).rejects.toMatchObject({ code: "CONFIG.UNSAFE" });
  });

  test.each(["", "{", "null", "[1]", '"text"', '{"a":1}'])("a broken file counts as empty: %s", async (text) => {
    const file = path.join(await folder(), "tokens.json");
    await writeFile(file, text, { mode: 0o600 });
    const cache = fileCache(file);
    expect(await cache.load("a")).toBeUndefined();
    await cache.save("a", "1");
    expect(await cache.load("a")).toBe("1");
  });

  test("a place that cannot be written to is told", async () => {
    const place = await folder();
    await writeFile(path.join(place, "file"), "");
    await expect(fileCache(path.join(place, "file", "tokens.json")).save("a", "1")).rejects.toMatchObject({
      code: "CREDENTIALS.FAILED",
    });
    await mkdir(path.join(place, "tokens.json"));
    await expect(fileCache(path.join(place, "tokens.json")).save("a", "1")).rejects.toMatchObject({
      code: "CONFIG.UNSAFE",
    });
  });

  test.each([{ scopes: ["read"] }, {}])("gives a later run its token, and no secret is in it: %j", async (way) => {
    const server = await provider();
    const { issuer, fetch } = server;
    const file = path.join(await folder(), "tokens.json");
    const make = () =>
      clientCredentials({
        authority: issuer,
        clientId: "service",
        clientSecret: "secret",
        fetch,
        cache: fileCache(file),
        ...way,
      });
    const { token } = await make().getToken();
    expect((await make().getToken()).token).toBe(token);
    expect(server.requests).toHaveLength(1);
    const text = await readFile(file, "utf8");
    expect(text).toContain(token);
    expect(text).not.toContain('"secret"');
    expect((await make().getToken({ forceRefresh: true })).token).not.toBe(token);
    expect(server.requests).toHaveLength(2);
    const broken = { [`oauth ${issuer} service  `]: "{", [`msal ${issuer} service`]: "{" };
    await writeFile(file, JSON.stringify(broken));
    await make().getToken();
    expect(server.requests).toHaveLength(3);
  });
});
