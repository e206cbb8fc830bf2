import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { startOidcServer } from "../tools/oidc-server.js";
import { fetchOf } from "../tools/oidc-server-browser.js";
import { type Ended, pygen, temporaryFolder } from "./fixture.js";

const reading = { dataModelsAcl: { actions: ["READ"], scope: { all: {} } } };

/** Runs the emulator, gives its first line to the check, and stops it. */
async function whileRunning(
  argv: readonly string[],
  cwd: string,
  check: (line: string) => Promise<void>,
): Promise<Ended> {
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let first: (line: string) => void = () => undefined;
  const line = new Promise<string>((resolve) => {
    first = resolve;
  });
  const ended = pygen(["emulator", ...argv], { cwd, stopped: () => stopped, onStdout: (text) => first(text) });
  void ended.then(({ stderr }) => first(stderr));
  await check(await line).finally(stop);
  return ended;
}

describe("pygen emulator --oidc-issuer", () => {
  test("checks tokens, and what their holders may do", async () => {
    const server = await startOidcServer({ users: { service: { groups: ["readers"] } } });
    onTestFinished(() => server.stop());
    const form = { grant_type: "client_credentials", client_id: "service", client_secret: "secret" };
    const answer = await fetchOf(server)(`${server.issuer}/token`, { method: "POST", body: new URLSearchParams(form) });
    const { access_token } = (await answer.json()) as { readonly access_token: string };
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, "capabilities.json"), JSON.stringify({ groups: { readers: [reading] } }));
    const argv = ["--oidc-issuer", server.issuer, "--audience", "https://api.test", "--oidc-ca", server.caFile];
    const ended = await whileRunning([...argv, "--capabilities", "capabilities.json", "--json"], cwd, async (line) => {
      const { url, issuer, audience } = JSON.parse(line);
      expect({ issuer, audience }).toEqual({ issuer: server.issuer, audience: ["https://api.test"] });
      const spaces = `${url}/api/v1/projects/demo/models/spaces`;
      const status = async (token: string, init: RequestInit = {}): Promise<number> =>
        (await fetch(spaces, { ...init, headers: { authorization: `Bearer ${token}` } })).status;
      expect(await status(access_token)).toBe(200);
      expect(await status(access_token, { method: "POST", body: '{"items":[{"space":"new"}]}' })).toBe(403);
      expect(await status("any")).toBe(401);
    });
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ended.stdout).not.toContain(access_token);
    await whileRunning([...argv, "--audience", "other"], cwd, async (line) =>
      expect(line).toContain(`those of ${server.issuer} for https://api.test or other are accepted`),
    );
  });

  test("an issuer that cannot be trusted, or reached, is told to who calls", async () => {
    const server = await startOidcServer();
    const other = await startOidcServer();
    onTestFinished(() => other.stop());
    const argv = ["--oidc-issuer", server.issuer, "--audience", "a", "--oidc-ca", other.caFile, "--json"];
    await whileRunning(argv, "/", async (line) => {
      const call = async (): Promise<number> =>
        (await fetch(`${JSON.parse(line).url}/api/v1/token/inspect`, { headers: { authorization: "Bearer t" } }))
          .status;
      expect(await call()).toBe(503);
      await server.stop();
      expect(await call()).toBe(503);
    });
  });

  test("without it, the first line says that any token is accepted", async () => {
    await whileRunning([], "/", async (line) => expect(line).toContain("any bearer token is accepted"));
  });

  const issuer = ["--oidc-issuer", "https://issuer.test"];
  test.each([
    [issuer, "--oidc-issuer needs --audience"],
    [["--audience", "a"], "--audience needs --oidc-issuer"],
    [["--oidc-ca", "ca.pem"], "--oidc-ca needs --oidc-issuer"],
    [["--capabilities", "c.json"], "--capabilities needs --oidc-issuer"],
    [["--oidc-issuer", "issuer", "--audience", "a"], "Invalid issuer 'issuer'"],
    [[...issuer, "--audience", "a", "--capabilities", "text.json"], "capabilities file text.json is not JSON"],
    [
      [...issuer, "--audience", "a", "--capabilities", "wrong.json"],
      "capabilities file wrong.json: Invalid capabilities: groups.readers[0].dataModelsAcl.actions must be a list",
    ],
  ])("exits with 2 for %j", async (argv, message) => {
    const cwd = await temporaryFolder();
    await writeFile(path.join(cwd, "text.json"), "groups: none");
    await writeFile(path.join(cwd, "wrong.json"), '{"groups": {"readers": [{"dataModelsAcl": {}}]}}');
    const ended = await pygen(["emulator", ...argv], { cwd });
    expect(ended).toMatchObject({ exitCode: 2, stdout: "", stderr: expect.stringContaining(message) });
    expect(ended.stderr).toContain("hint: ");
  });

  test.each(["--capabilities", "--oidc-ca"])("exits with 3 for a file of %s that is not there", async (option) => {
    const ended = await pygen(["emulator", ...issuer, "--audience", "a", option, "gone"], { cwd: "/" });
    expect(ended).toMatchObject({ exitCode: 3, stderr: expect.stringContaining("gone: there is no such file") });
  });
});
