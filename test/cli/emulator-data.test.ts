import { expect, it } from "vitest";
import { type Ended, pygen, temporaryFolder } from "./fixture.js";

function withResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** Runs the emulator with a folder, makes calls at its address, and stops it. */
async function whileRunning(cwd: string, check: (url: string) => Promise<void>): Promise<Ended> {
  const { promise: stopped, resolve: stop } = withResolvers<void>();
  const { promise: line, resolve: first } = withResolvers<string>();
  const argv = ["emulator", "--data", "data", "--json"];
  const ended = pygen(argv, { cwd, stopped: () => stopped, onStdout: first, onStderr: first });
  await check((JSON.parse(await line) as { readonly url: string }).url).finally(stop);
  return ended;
}

it("pygen emulator --data keeps what is written, for the next start", async () => {
  const cwd = await temporaryFolder();
  const spaces = async (url: string, init: RequestInit = {}): Promise<unknown> => {
    const headers = { authorization: "Bearer any" };
    const answer = await fetch(`${url}/api/v1/projects/emulator/models/spaces`, { headers, ...init });
    return await answer.json();
  };
  const written = await whileRunning(cwd, async (url) => {
    await spaces(url, { method: "POST", body: '{"items":[{"space":"kept"}]}' });
    const second = await pygen(["emulator", "--data", "data"], { cwd });
    expect(second.exitCode).not.toBe(0);
    expect(second.stderr).toContain("is in use by process");
  });
  expect(written.exitCode).toBe(0);
  await whileRunning(cwd, async (url) => {
    expect(await spaces(url)).toMatchObject({ items: [{ space: "kept" }] });
  });
});
