import { readdir } from "node:fs/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { fromV1 } from "../../src/cli/v1-flags.js";
import { readModelDocument } from "../../src/codegen/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";
import { file, text } from "../ir/models.js";
import { pygen, temporaryFolder } from "./fixture.js";

describe("flags of Pygen v1", () => {
  it("C2 to C4: generate as they did, with hints to today's", async () => {
    const emulator = createEmulator();
    emulator.load(readModelDocument(file({ Pump: { properties: { name: text } } })));
    const server = await listen(emulator, { port: 0 });
    onTestFinished(() => server.close());
    const cwd = await temporaryFolder();
    const argv = ["generate", "--space", "s", "--external-id=Model", "--version", "v1", "--cdf-url", server.url];
    const more = ["--cdf-project", "plant", "--output-dir", "sdk", "--overwrite", "--instance-space", "data"];
    const { exitCode, stderr } = await pygen([...argv, ...more], { cwd, env: { CDF_TOKEN: "token" } });
    expect(exitCode).toBe(0);
    expect(await readdir(cwd)).toEqual(["sdk"]);
    expect(stderr.split("\n")).toEqual([
      "hint: --cdf-url is --url now",
      "hint: --cdf-project is --project now",
      "hint: --output-dir is --out now",
      "hint: --overwrite is not needed: files that pygen wrote are always replaced, others never",
      "hint: --instance-space is not needed: give it when the SDK is bound: windFarm(client, { space })",
      "hint: --space, --external-id and --version are --model space/externalId@version now",
      "",
    ]);
  });

  it("C4, S2: are variables of the environment where they say who signs in, and tell no secret", () => {
    const { env, argv, hints } = fromV1([
      "generate",
      "--tenant-id",
      "t",
      "--client-id",
      "c",
      "--client-secret",
      "hush",
    ]);
    expect(env).toEqual({ IDP_TENANT_ID: "t", IDP_CLIENT_ID: "c", IDP_CLIENT_SECRET: "hush" });
    expect(argv).toEqual(["generate"]);
    expect(hints.join()).not.toContain("hush");
  });

  it("C1: leave all other command lines alone", () => {
    for (const argv of [["--version"], ["query", "A", "--space", "s"], ["generate", "a.json", "--out", "x=y"]]) {
      expect(fromV1(argv)).toEqual({ argv, env: {}, hints: [] });
    }
  });
});
