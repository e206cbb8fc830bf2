import { describe, expect, test } from "vitest";
import { ApiError, ConfigError, InputError, NetworkError } from "../../src/errors/index.js";
import { outcomeOf } from "../../src/http/index.js";
import { clientOf } from "../tools/with-server.js";

const write = { method: "POST", path: "/models/instances", body: { items: [] } } as const;
const failure = (status: number) => ({ status, body: { error: { code: status, message: "text" } } });
const errorOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("what became of a call that failed", () => {
  test.each([
    ["a refusal", [failure(400)], "refused"],
    ["401 twice", [failure(401)], "refused"],
    ["too many calls", [failure(429)], "refused"],
    ["a redirect", [{ status: 307 }], "refused"],
    ["a 408", [failure(408)], "unknown"],
    ["a failure of the service", [failure(500)], "unknown"],
    ["a lost connection", [{ cut: "before" } as const], "unknown"],
    ["an answer that is cut off", [{ cut: "within" } as const], "unknown"],
    ["an answer that cannot be read", [{ body: "{" }], "unknown"],
    ["a refusal after a lost connection", [{ cut: "before" } as const, failure(409)], "unknown"],
    ["a lost connection after a refusal", [failure(429), { cut: "before" } as const], "unknown"],
  ])("%s", async (_name, script, outcome) => {
    const { http } = await clientOf(script, { retry: { attempts: 2, baseDelay: 1 } });
    const error = await errorOf(http.request(write));
    expect(error).toMatchObject({ outcome });
    expect(outcomeOf(error)).toBe(outcome);
  });

  test("nothing is sent where no connection comes about, so any call is repeated", async () => {
    const { http, server } = await clientOf([{}], { retry: { attempts: 3, baseDelay: 1 } });
    await server.close();
    const error = await errorOf(http.request({ ...write, idempotent: false }));
    expect(error).toMatchObject({ code: "NETWORK.FAILED", outcome: "unsent", hint: "Sent 3 times." });
  });

  test("nothing is sent without a token or with a body that cannot be written", async () => {
    const { http, server } = await clientOf([{}], {
      credentials: { getToken: () => Promise.reject(new Error("signed out")) },
    });
    const error = await errorOf(http.request(write));
    expect(error).toMatchObject({ code: "CREDENTIALS.FAILED", outcome: "unsent", method: "POST" });
    expect(await errorOf(http.request({ ...write, body: () => 1 }))).toMatchObject({
      code: "INPUT.BODY",
      outcome: "unsent",
    });
    expect(server.received).toHaveLength(0);
  });

  test("an error of the credentials that calls share says of each its own", async () => {
    const shared = new ConfigError("CONFIG.MISSING", "no certificate");
    const { http } = await clientOf([{}], { credentials: { getToken: () => Promise.reject(shared) } });
    const errors = await Promise.all([errorOf(http.request(write)), errorOf(http.request(write))]);
    expect(errors[0]).not.toBe(errors[1]);
    expect(errors).toMatchObject([{ name: "CredentialsError", cause: shared }, { outcome: "unsent" }]);
    expect(shared.outcome).toBeUndefined();
  });

  test("of an error of no call its kind tells", () => {
    expect(outcomeOf(new ApiError(400, "x"))).toBe("refused");
    expect(outcomeOf(new ApiError(503, "x"))).toBe("unknown");
    expect(outcomeOf(new InputError("INPUT.X", "x"))).toBe("unsent");
    expect(outcomeOf(new NetworkError("NETWORK.FAILED", "x"))).toBe("unknown");
    expect(outcomeOf(new Error("x"))).toBe("unknown");
  });
});
