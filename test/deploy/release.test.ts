import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: object;
}
interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}
interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<"package" | "publish", Job>>;
}

const root = path.resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(path.join(root, file), "utf8");
const text = read(".github/workflows/release.yml");
const workflow = parse(text) as Workflow;
const manifest = JSON.parse(read("package.json")) as { readonly scripts: object; readonly version: string };
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

describe("the release workflow", () => {
  it("runs nothing of others that can change under its name", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((name) => !/@[0-9a-f]{40}$/.test(name))).toEqual([]);
  });

  it("publishes with provenance what all tests and the audit were run on, and only that job may sign", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(workflow.jobs.package.permissions).toBeUndefined();
    expect(workflow.jobs.publish.permissions).toEqual({ "id-token": "write" });
    const lines = workflow.jobs.package.steps.flatMap(({ run }) => run ?? []);
    expect(lines.indexOf(".ci/run")).toBeGreaterThan(-1);
    expect(lines.indexOf("npm run audit:inside")).toBeGreaterThan(lines.indexOf(".ci/run"));
    const last = workflow.jobs.publish.steps.flatMap(({ run }) => run ?? []);
    expect(last).toEqual([expect.stringMatching(/^npm publish .*--provenance /)]);
  });

  it("signs in by who it is: no registry is named, and no token kept", () => {
    expect(text).not.toMatch(/https?:|secrets\.|NODE_AUTH_TOKEN/);
    expect(steps.flatMap((step) => Object.keys(step.with ?? {}))).not.toContain("registry-url");
  });

  it("names scripts that are there", () => {
    const named = [...text.matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name);
    for (const name of named) expect(Object.keys(manifest.scripts)).toContain(name);
  });
});

it("the version is one in package.json, its lock, the code and the list of changes", async () => {
  const { VERSION } = await import("../../src/models/index.js");
  const lock = JSON.parse(read("package-lock.json")) as { readonly version: string };
  expect([VERSION, lock.version]).toEqual([manifest.version, manifest.version]);
  expect(read("CHANGELOG.md")).toContain(`## [${manifest.version}]`);
});
