import { afterEach } from "vitest";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../../src/emulator/index.js";
import { type Listening, listen } from "../../../src/emulator/node.js";

/** An answer as tests look at it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** An emulator that listens, and a way to call it. */
export interface Served {
  readonly emulator: Emulator;
  readonly url: string;
  /** Calls below project `demo`, with a token; a body makes it a POST. */
  readonly call: (path: string, body?: unknown, init?: RequestInit) => Promise<Answer>;
}

const open: Listening[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Starts an emulator on a free port; it is stopped after the test. */
export async function serve(options: EmulatorOptions = {}): Promise<Served> {
  const emulator = createEmulator(options);
  const server = await listen(emulator);
  open.push(server);
  return {
    emulator,
    url: server.url,
    call: (path, body, init = {}) =>
      ask(`${server.url}/api/v1/projects/demo${path}`, {
        ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
        headers: { authorization: "Bearer token" },
        ...init,
      }),
  };
}

/** Makes a call and reads its answer. */
export async function ask(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
}

/** The message of an error's envelope. */
export function messageOf(answer: Answer): string {
  const { error } = answer.body as { readonly error: { readonly code: number; readonly message: string } };
  if (error.code !== answer.status) throw new Error(`the envelope says ${error.code}, the status ${answer.status}`);
  return error.message;
}
