import { describe, expect, test } from "vitest";
import type { CliIo } from "../../src/cli/io.js";
import { run } from "../../src/cli/run.js";

async function served(
  argv: readonly string[],
  env: Readonly<Record<string, string>> = {},
  ask?: (url: string) => Promise<void>,
) {
  const out: string[] = [];
  const errors: string[] = [];
  let stop: () => void = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  let asked: Promise<void> = Promise.resolve();
  const io: CliIo = {
    stdout: (text) => {
      out.push(text);
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (url !== undefined) asked = (ask?.(url) ?? Promise.resolve()).finally(stop);
    },
    stderr: (text) => void errors.push(text),
    stdin: async () => "",
    env,
    cwd: import.meta.dirname,
    isTerminal: false,
    stopped: () => stopped,
  };
  const code = await run(["serve", "--port", "0", ...argv], io);
  await asked;
  return { code, out: out.join(""), errors: errors.join("") };
}

describe("pygen serve", () => {
  test("serves until it is stopped, and logs lines of JSON to stderr", async () => {
    const { code, out, errors } = await served(["--json", "--threads", "1"], {}, async (url) => {
      expect((await fetch(`${url}/health`)).status).toBe(200);
    });
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({ url: expect.stringMatching(/^http:\/\/127/) });
    expect(
      errors
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toMatchObject([{ route: "/health", status: 200 }]);
  });

  test("tells people who may ask, and holds it", async () => {
    const { out } = await served(["--log-level", "silent"], { PYGEN_API_KEYS: "ci:0123456789abcdef" }, async (url) => {
      const answer = await fetch(`${url}/validate`, { method: "POST", body: "{}" });
      expect(answer.status).toBe(401);
    });
    expect(out).toContain("Service ready");
    expect(out).toContain("the holders of 1 API keys");
    expect(out).not.toContain("0123456789abcdef");
  });

  test.for([
    [["--limit", "views"], {}, "name=number"],
    [["--limit", "nothing=1"], {}, "There is no limit 'nothing'"],
    [["--threads", "0"], {}, "threads '0'"],
    [["--log-level", "loud"], {}, "not one of debug"],
    [["--oidc-issuer", "http://issuer"], {}, "--audience"],
    [["--api-keys", "no-such-file"], {}, "no-such-file"],
    [[], { PYGEN_API_KEYS: "planted-secret-key" }, "name:key"],
    [[], { PYGEN_API_KEYS: "ci:short-planted" }, "fewer than 16"],
    [[], { REDIS_URL: "nonsense" }, "REDIS_URL"],
  ] as const)("refuses %j with %j", async ([argv, env, message]) => {
    const { code, errors } = await served(argv, env);
    expect(code).not.toBe(0);
    expect(errors).toContain(message);
    expect(errors).not.toContain("planted");
  });
});
