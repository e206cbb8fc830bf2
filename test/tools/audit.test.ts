import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { faultsInside } from "./audit.mjs";

const advisory = (title: string) => ({ title, url: `https://advisories.test/${title}` });
const lock = {
  packages: {
    "node_modules/inside": { version: "1.0.0" },
    "node_modules/tool": { version: "2.0.0" },
    "node_modules/tool/node_modules/inside": { version: "0.9.0" },
    "node_modules/@scope/above": { version: "3.0.0" },
  },
};
const bill = {
  components: [
    { name: "inside", version: "1.0.0", purl: "pkg:npm/inside@1.0.0" },
    { name: "above", group: "@scope", version: "3.0.0", purl: "pkg:npm/%40scope/above@3.0.0" },
  ],
};
const found = (name: string, nodes: readonly string[], via: readonly (string | ReturnType<typeof advisory>)[]) => ({
  vulnerabilities: { [name]: { name, severity: "low", nodes, via } },
});

it("faults of what is inside are told, in the version that is inside", () => {
  const inside = found("inside", ["node_modules/tool/node_modules/inside", "node_modules/inside"], [advisory("leak")]);
  expect(faultsInside(inside, lock, bill)).toEqual(["inside@1.0.0: low: leak (https://advisories.test/leak)"]);
  const older = found("inside", ["node_modules/tool/node_modules/inside"], [advisory("leak")]);
  expect(faultsInside(older, lock, bill)).toEqual([]);
});

it("faults of tools, and of what only depends on one at fault, are not", () => {
  expect(faultsInside(found("tool", ["node_modules/tool"], [advisory("leak")]), lock, bill)).toEqual([]);
  expect(faultsInside(found("@scope/above", ["node_modules/@scope/above"], ["tool"]), lock, bill)).toEqual([]);
});

describe("run with npm", () => {
  /** A registry that knows faults, or takes no questions about them. */
  async function registry(known: object | undefined): Promise<string> {
    const server = createServer((request, response) => {
      const [name = ""] = (request.url ?? "").slice(1).split("/");
      if (request.url?.endsWith("/advisories/bulk") && known) return response.end(JSON.stringify(known));
      if (request.method !== "GET") return response.writeHead(405).end();
      const versions = Object.fromEntries(["0.9.0", "1.0.0", "2.0.0"].map((version) => [version, { name, version }]));
      return response.end(JSON.stringify({ name, "dist-tags": { latest: "1.0.0" }, versions }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  async function run(known: object | undefined) {
    const folder = await mkdtemp(path.join(os.tmpdir(), "pygen-audit-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const write = (file: string, value: unknown) => writeFile(path.join(folder, file), JSON.stringify(value));
    const root = { name: "audited", version: "1.0.0", dependencies: { inside: "1.0.0", tool: "2.0.0" } };
    await mkdir(path.join(folder, "dist"));
    await write("package.json", root);
    const { "node_modules/@scope/above": _, ...packages } = lock.packages;
    await write("package-lock.json", { ...root, lockfileVersion: 3, packages: { "": root, ...packages } });
    await write("dist/sbom.cdx.json", bill);
    const child = spawn(process.execPath, [path.join(import.meta.dirname, "audit.mjs"), folder], {
      env: { ...process.env, npm_config_registry: await registry(known), npm_config_cache: path.join(folder, "cache") },
    });
    const [out, problems, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
    return { out, problems, code };
  }
  const fault = (id: number, range: string) => ({
    id,
    url: `https://advisories.test/${id}`,
    title: `fault ${id}`,
    severity: "high",
    vulnerable_versions: range,
    cwe: [],
    cvss: { score: 0, vectorString: null },
  });

  it("ends with 1 and names each fault of what is inside", async () => {
    const { out, code } = await run({ inside: [fault(1, "<=1.0.0")], tool: [fault(2, "*")] });
    expect(out).toBe(
      "inside@1.0.0: high: fault 1 (https://advisories.test/1)\n1 known faults inside; 2 packages named in all\n",
    );
    expect(code).toBe(1);
  });

  it("ends with 0 where faults are known of tools alone", async () => {
    const { out, code } = await run({ tool: [fault(2, "*")] });
    expect([out, code]).toEqual(["0 known faults inside; 1 packages named in all\n", 0]);
  });

  it("ends with 2 where the registry takes no such questions, and says that nothing was checked", async () => {
    const { out, problems, code } = await run(undefined);
    expect(out).toBe("");
    expect(problems).toMatch(/^npm audit is not available here, so nothing was checked: 405 Method Not Allowed/);
    expect(code).toBe(2);
  });
});
