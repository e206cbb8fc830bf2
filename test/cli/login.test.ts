import { mkdir, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readModelDocument } from "../../src/codegen/index.js";
import { createEmulator } from "../../src/emulator/index.js";
import { listen } from "../../src/emulator/node.js";
import { file, text } from "../ir/models.js";
import { type ScriptedServer, scriptedServer } from "../tools/scripted-server.js";
import { pygen, temporaryFolder } from "./fixture.js";

/** A provider that signs a user in by a code at once. */
async function provider(): Promise<ScriptedServer> {
  const server = await scriptedServer(({ url }) => {
    if (url.startsWith("/.well-known")) {
      return {
        body: {
          issuer: server.url,
          authorization_endpoint: `${server.url}/auth`,
          token_endpoint: `${server.url}/token`,
          device_authorization_endpoint: `${server.url}/device`,
        },
      };
    }
    return url === "/device"
      ? {
          body: {
            ...{ device_code: "planted-device-code", user_code: "WDJB-MJHT", expires_in: 600, interval: 1 },
            verification_uri: `${server.url}/activate`,
          },
        }
      : { body: { access_token: "planted-token", token_type: "Bearer", expires_in: 3_600 } };
  });
  onTestFinished(() => server.close());
  return server;
}

async function around() {
  const emulator = createEmulator();
  emulator.load(readModelDocument(file({ Pump: { properties: { name: text } } })));
  const service = await listen(emulator);
  onTestFinished(() => service.close());
  const { url } = await provider();
  const cwd = await temporaryFolder();
  const env = { HOME: cwd, IDP_AUTHORITY_URL: url, IDP_CLIENT_ID: "cli" };
  return { cwd, env, url: service.url, argv: ["login", "--url", service.url, "--project", "plant"] };
}

describe("pygen login", () => {
  it("shows a code, and signs in for the commands that follow", async () => {
    const { cwd, env, url, argv } = await around();
    const ended = await pygen(argv, { cwd, env });
    expect(ended).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("WDJB-MJHT") });
    expect(ended.stdout).toMatch(new RegExp(`^signed in to project plant at ${url}, until \\d{4}-.+Z\\n$`));
    expect(JSON.stringify(ended)).not.toContain("planted");
    expect((await stat(path.join(cwd, ".pygen/tokens.json"))).mode & 0o777).toBe(0o600);
    const generate = ["generate", "--model", "s/Model@v1", "--url", url, "--project", "plant", "--out", "sdk"];
    expect(await pygen(generate, { cwd, env })).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("tells of it as JSON", async () => {
    const { cwd, env, url, argv } = await around();
    const { stdout } = await pygen([...argv, "--json"], { cwd, env });
    expect(JSON.parse(stdout)).toEqual({ url, project: "plant", until: expect.stringMatching(/^\d{4}-.+Z$/) });
  });

  it("is for users: not where a token or a secret is given, whose tokens are not kept", async () => {
    const { cwd, env, url, argv } = await around();
    const withToken = await pygen(argv, { cwd, env: { ...env, CDF_TOKEN: "planted" } });
    expect(withToken).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("a token is given: there is nothing"),
    });
    const secret = { ...env, IDP_CLIENT_SECRET: "planted" };
    const withSecret = await pygen(argv, { cwd, env: secret });
    expect(withSecret).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("a secret is given") });
    const pull = ["pull", "--model", "s/Model@v1", "--url", url, "--project", "plant", "--out", "m.json"];
    expect(await pygen(pull, { cwd, env: secret })).toMatchObject({ exitCode: 0 });
    expect(await readdir(cwd)).toEqual(["m.json"]);
  });

  it("is what other commands do by themselves at a terminal, and name where there is none", async () => {
    const { cwd, env, url } = await around();
    const pull = ["pull", "--model", "s/Model@v1", "--url", url, "--project", "plant", "--out", "m.json"];
    const ended = await pygen(pull, { cwd, env });
    expect(ended).toMatchObject({
      exitCode: 3,
      stdout: "",
      stderr: expect.stringContaining("hint: Run pygen login before"),
    });
    expect(ended.stderr).not.toContain("WDJB-MJHT");
    expect(await pygen(pull, { cwd, env, isErrorTerminal: true })).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("WDJB-MJHT"),
    });
  });
});

describe("pygen logout", () => {
  it("removes the tokens, and says so where there are none", async () => {
    const { cwd, env, argv } = await around();
    await pygen(argv, { cwd, env });
    const tokens = path.join(cwd, ".pygen/tokens.json");
    expect(await pygen(["logout"], { cwd, env })).toEqual({
      exitCode: 0,
      stdout: `signed out: ${tokens} is removed\n`,
      stderr: "",
    });
    expect(await readdir(path.dirname(tokens))).toEqual([]);
    const again = await pygen(["logout", "--json"], { cwd, env });
    expect(JSON.parse(again.stdout)).toEqual({ signedOut: false, file: tokens });
  });

  it("tells where the tokens cannot be removed", async () => {
    const { cwd, env } = await around();
    await mkdir(path.join(cwd, ".pygen/tokens.json"), { recursive: true });
    expect(await pygen(["logout"], { cwd, env })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining("cannot be removed"),
    });
  });
});
