import { readFileSync } from "node:fs";
import path from "node:path";
import { Deployment } from "kubernetes-models/apps/v1";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1";
import { Service } from "kubernetes-models/v1";
import { describe, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { run } from "../../src/cli/run.js";

const folder = path.resolve(import.meta.dirname, "../../deploy");
const kinds = { Deployment, PodDisruptionBudget, Service } as const;

interface Manifest {
  readonly kind: keyof typeof kinds;
}

const manifests = parseAllDocuments(readFileSync(path.join(folder, "kubernetes.yaml"), "utf8")).map(
  (document) => document.toJS() as Manifest,
);

describe("the Kubernetes manifest", () => {
  test.for(manifests.map((manifest) => [manifest.kind, manifest] as const))(
    "%s is as its schema says",
    ([kind, manifest]) => {
      expect(() => new kinds[kind](manifest as never).validate()).not.toThrow();
    },
  );

  test("would fail where it is not", () => {
    const [first] = manifests;
    const wrong = structuredClone(first) as unknown as { spec: { replicas: unknown } };
    wrong.spec.replicas = "two";
    expect(() => new Deployment(wrong as never).validate()).toThrow(/replicas/);
  });

  test("asks the command for nothing that it does not know", async () => {
    const deployment = manifests.find(({ kind }) => kind === "Deployment") as unknown as {
      readonly spec: {
        readonly template: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } };
      };
    };
    const { args = [] } = deployment.spec.template.spec.containers[0] ?? {};
    let help = "";
    await run(["serve", "--help"], {
      stdout: (text) => {
        help += text;
      },
      stderr: () => {},
      stdin: async () => "",
      env: {},
      cwd: folder,
      isTerminal: false,
      stopped: async () => {},
    });
    const containerfile = readFileSync(path.join(folder, "Containerfile"), "utf8");
    const flags = [...args, ...[...containerfile.matchAll(/"(--[\w-]+)"/g)].map(([, flag = ""]) => flag)];
    for (const flag of flags.filter((each) => each.startsWith("--"))) expect(help).toContain(`${flag} `);
  });
});
