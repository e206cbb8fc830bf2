import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { core, kyCore } from "./ky-core.mjs";

const root = path.resolve(import.meta.dirname, "../..");
const distribution = path.join(root, "node_modules/ky/distribution");
const whole = readFileSync(path.join(distribution, "core/Ky.js"), "utf8");

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "pygen-ky-"));
  writeFileSync(path.join(folder, "package.json"), '{ "type": "module" }');
  for (const file of readdirSync(distribution, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".js")) continue;
    const source = readFileSync(path.join(distribution, file), "utf8");
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), (await core(file, source)) ?? source);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What `fetch` was given and what came back, of requests made as src/http/transport.ts makes them. */
const program = `
const { default: ky } = await import(process.argv[1]);
const seen = [];
// All of ky wraps errors of the network: what is within is what comes of ours.
const told = (error) => error.name === "NetworkError" ? told(error.cause)
  : { name: error.name, message: error.message, cause: error.cause && String(error.cause) };
const answers = [
  () => new Response("fine"),
  () => new Response("no", { status: 503, headers: { "retry-after": "1" } }),
  () => new Response(null, { status: 302, headers: { location: "/elsewhere" } }),
  () => { throw new TypeError("fetch failed", { cause: new Error("ECONNREFUSED") }); },
  () => { throw new Error("none of the network's"); },
];
for (const answer of answers) for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"]) {
  let asked = 0;
  const controller = new AbortController();
  const fetch = async (request, ...more) => {
    asked += 1;
    seen.push({ method: request.method, url: request.url, redirect: request.redirect, duplex: request.duplex,
      headers: [...request.headers], body: await request.clone().text(), more: more.map((one) => Object.keys(one)) });
    controller.abort(new Error("enough"));
    seen.push({ aborted: request.signal.aborted, reason: String(request.signal.reason) });
    return answer();
  };
  try {
    const response = await ky("http://127.0.0.1:4/x?y=z%20%C3%A9", { method, redirect: "manual", retry: 0, timeout: false,
      headers: { "x-a": "1", "content-type": "application/json", authorization: "Bearer t" }, signal: controller.signal,
      throwHttpErrors: false, fetch });
    seen.push({ asked, status: response.status, headers: [...response.headers], text: await response.text() });
  } catch (error) {
    seen.push({ asked, ...told(error) });
  }
}
const early = await ky("http://127.0.0.1:4/", { signal: AbortSignal.abort(new Error("before")), retry: 0, timeout: false,
  fetch: async (request) => { request.signal.throwIfAborted(); } }).catch(told);
const wrong = await Promise.resolve().then(() => ky("no address", { retry: 0, timeout: false })).catch(told);
process.stdout.write(JSON.stringify({ seen, early, wrong }));
`;

function run(ky: string): unknown {
  const args = ["--input-type=module", "-e", program, pathToFileURL(path.join(ky, "index.js")).href];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

describe("ky without what is never used", () => {
  it("sends the same requests and gives the same answers and errors as all of ky", () => {
    const expected = run(distribution) as { readonly seen: readonly unknown[] };
    expect(expected.seen.length).toBeGreaterThan(30);
    expect(run(folder)).toEqual(expected);
  });

  it("is called in one place only, in the way that the facts say", () => {
    const src = path.join(root, "src");
    const users = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".ts") && /from "ky["/]/.test(readFileSync(path.join(src, file), "utf8")),
    );
    expect(users).toEqual([path.join("http", "transport.ts")]);
    const call =
      /ky\(url, \{([\s\S]*?)\n {2}\}\);/.exec(readFileSync(path.join(src, "http/transport.ts"), "utf8"))?.[1] ?? "";
    const given = [...call.matchAll(/(?:^ {4}|\{ )(\w+)/gm)].map(([, name]) => name).sort();
    expect(given).toEqual(
      ["fetch", "headers", "method", "redirect", "retry", "signal", "throwHttpErrors", "timeout"].sort(),
    );
    expect(call).toMatch(/retry: 0,[\s\S]*timeout: false,[\s\S]*throwHttpErrors: false,/);
  });

  it("is what these tests run", async () => {
    const { default: ky } = await import("ky");
    expect(Object.keys(ky)).toEqual([]);
  });

  it("refuses a ky that reads otherwise, and another version", async () => {
    await expect(
      core("core/Ky.js", whole.replaceAll("findUnknownOptions(this.#options)", "undefined")),
    ).rejects.toThrow("ky 2.1.0 is expected to have findUnknownOptions(this.#options) in core/Ky.js");
    const other = path.join(folder, "node_modules/ky");
    mkdirSync(other, { recursive: true });
    writeFileSync(path.join(other, "package.json"), '{ "version": "2.2.0" }');
    await expect(kyCore().transform(whole, `${other}/distribution/core/Ky.js`)).rejects.toThrow(
      "knows ky 2.1.0, not 2.2.0",
    );
  });

  it("leaves other files and packages as they are", async () => {
    expect(await core("utils/is.js", "")).toBeUndefined();
    expect(await kyCore().transform("", path.join(root, "src/index.ts"))).toBeUndefined();
  });
});
