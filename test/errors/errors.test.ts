import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as errors from "../../src/errors/index.js";

const {
  AbortError,
  ApiError,
  apiError,
  ConfigError,
  CredentialsError,
  InputError,
  ModelError,
  MultiRequestError,
  NetworkError,
  QueryError,
  ResponseError,
  TimeoutError,
} = errors;

const token = "planted-0123456789";
const jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl";

const examples = {
  abort: new AbortError("ABORT.SIGNAL", "no"),
  api: new ApiError(404, "no"),
  config: new ConfigError("CONFIG.MISSING", "no"),
  credentials: new CredentialsError("CREDENTIALS.MISSING", "no"),
  input: new InputError("INPUT.BODY", "no"),
  model: new ModelError("MODEL.INVALID", "no"),
  "multi-request": new MultiRequestError({
    ...{ succeeded: [], failed: [], unknown: [], unsent: [], errors: [], remaining: [] },
  }),
  network: new NetworkError("NETWORK.FAILED", "no"),
  query: new QueryError("QUERY.UNBOUNDED", "no"),
  response: new ResponseError("RESPONSE.SCHEMA", "no"),
  timeout: new TimeoutError("TIMEOUT.TOTAL", "no"),
};

const guards = {
  abort: errors.isAbortError,
  api: errors.isApiError,
  config: errors.isConfigError,
  credentials: errors.isCredentialsError,
  input: errors.isInputError,
  model: errors.isModelError,
  "multi-request": errors.isMultiRequestError,
  network: errors.isNetworkError,
  query: errors.isQueryError,
  response: errors.isResponseError,
  timeout: errors.isTimeoutError,
};

describe("guards", () => {
  test.each(Object.entries(guards))("the guard for %s takes its own kind and no other", (kind, guard) => {
    for (const [other, error] of Object.entries(examples)) expect(guard(error)).toBe(other === kind);
    expect(guard(new Error("other"))).toBe(false);
    expect(guard(null)).toBe(false);
  });

  test("they know errors of another copy of the package by their brand", () => {
    const foreign = Object.assign(new Error("x"), { [Symbol.for("pygen.error")]: "api", code: "API.NOT_FOUND" });
    expect(errors.isPygenError(foreign)).toBe(true);
    expect(errors.isApiError(foreign)).toBe(true);
    expect(errors.isPygenError({ [Symbol.for("pygen.error")]: 1 })).toBe(false);
  });

  test("every class names itself and is an Error", () => {
    for (const error of Object.values(examples)) {
      expect(error).toBeInstanceOf(errors.PygenError);
      expect(error).toBeInstanceOf(Error);
      expect(error.name).toBe(error.constructor.name);
    }
  });
});

describe("contract 2.2: codes by status", () => {
  test.each([
    [400, "API.BAD_REQUEST"],
    [401, "API.UNAUTHORIZED"],
    [403, "API.FORBIDDEN"],
    [404, "API.NOT_FOUND"],
    [408, "API.TIMEOUT"],
    [409, "API.CONFLICT"],
    [413, "API.TOO_LARGE"],
    [418, "API.REFUSED"],
    [422, "API.UNPROCESSABLE"],
    [429, "API.RATE_LIMITED"],
    [500, "API.SERVER"],
    [503, "API.SERVER"],
  ])("%i is %s", (status, code) => {
    expect(new ApiError(status, "text")).toMatchObject({ code, status });
  });

  test.each([
    [400, errors.BadRequestError],
    [401, errors.UnauthorizedError],
    [403, errors.ForbiddenError],
    [404, errors.NotFoundError],
    [408, errors.ApiError],
    [409, errors.ConflictError],
    [413, errors.TooLargeError],
    [418, errors.ApiError],
    [422, errors.BadRequestError],
    [429, errors.RateLimitedError],
    [500, errors.ServerError],
    [503, errors.ServerError],
  ] as const)("%i has a class of its kind, which is an ApiError", (status, kind) => {
    const error = apiError(status, "text", { requestId: "r" });
    expect(error.constructor).toBe(kind);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ name: kind.name, status, requestId: "r" });
    expect(errors.isApiError(error)).toBe(true);
  });

  test("contract 7.2.8: a version conflict is known by its text under 400 and 409", () => {
    const text = "A version conflict caused the ingest to fail.";
    expect(new ApiError(400, text).code).toBe("API.VERSION_CONFLICT");
    expect(new ApiError(409, text).code).toBe("API.VERSION_CONFLICT");
    expect(new ApiError(500, text).code).toBe("API.SERVER");
    expect(apiError(400, text)).toBeInstanceOf(errors.ConflictError);
  });
});

describe("redaction", () => {
  const http = Object.assign(new Error(`request failed with Authorization: Bearer ${token}`), {
    request: { headers: { authorization: `Bearer ${token}` } },
    code: "ECONNRESET",
  });
  const outer = new TypeError(`fetch failed ${jwt}`, { cause: http });
  const error = new ApiError(400, `bad header 'Bearer ${token}' for ${token} and ${jwt}`, {
    cause: outer,
    hint: `do not send ${token}`,
    missing: [{ externalId: "a", note: [token] }],
    duplicated: [{ externalId: token, count: 2, nothing: null }],
    requestId: `id-${token}`,
    method: "GET",
    url: `https://user:${token}@host.example/path?limit=1&sig=abc&code=def&name=${token}#frag`,
    secrets: [token],
  });

  test("no way of printing an error shows the token, the whole chain of causes included", () => {
    const printed = [
      inspect(error, { depth: 20, showHidden: true }),
      JSON.stringify(error),
      String(error),
      error.stack,
      inspect(error.cause, { depth: 20, showHidden: true }),
    ].join("\n");
    expect(printed).not.toContain(token);
    expect(printed).not.toContain(jwt);
    expect(printed).toContain("[redacted]");
  });

  test("what is not secret stays", () => {
    expect(error.message).toBe("bad header 'Bearer [redacted]' for [redacted] and [redacted]");
    expect(error.url).toBe("https://host.example/path?limit=1&sig=[redacted]&code=[redacted]&name=[redacted]");
    expect(error.missing).toEqual([{ externalId: "a", note: ["[redacted]"] }]);
    expect(error.duplicated).toEqual([{ externalId: "[redacted]", count: 2, nothing: null }]);
    expect(JSON.parse(JSON.stringify(error))).toMatchObject({
      name: "ApiError",
      code: "API.BAD_REQUEST",
      status: 400,
      cause: { name: "TypeError", cause: { name: "Error", code: "ECONNRESET" } },
    });
  });

  test("known secrets go from causes that do not look like a token", () => {
    const cause = new Error(`provider said ${token}`);
    expect(inspect(new NetworkError("NETWORK.FAILED", "x", { cause, secrets: [token] }))).not.toContain(token);
    expect(new NetworkError("NETWORK.FAILED", "x", { cause: `text ${token}`, secrets: [token] }).cause).toBe(
      "text [redacted]",
    );
  });

  test("form fields, JSON fields and credentials of addresses go", () => {
    expect(errors.redact("client_secret=abc&x=1")).toBe("client_secret=[redacted]&x=1");
    expect(errors.redact('{"password":"a,b;c}d","x":1}')).toBe('{"password":"[redacted]","x":1}');
    expect(errors.redact(JSON.stringify(JSON.stringify({ password: "abc", x: 1 })))).toBe(
      '"{\\"password\\":\\"[redacted]\\",\\"x\\":1}"',
    );
    expect(errors.redact('{"access_token":"abc","x":1}')).toBe('{"access_token":"[redacted]","x":1}');
    expect(errors.redact("proxy http://me:pw@host:1/")).toBe("proxy http://[redacted]@host:1/");
    expect(errors.redact("eyJhbGciOiJ9.eyJzdWIifQ.c2ln, eyJhbGciOiJ9.a.b.c.d")).toBe("[redacted], [redacted]");
    expect(errors.redact("cursor eyJhbGciOiJ9 of x-eyJhbGciOiJ9.e")).toBe("cursor eyJhbGciOiJ9 of x-[redacted]");
    expect(errors.redactUrl("not an address Bearer abcdef")).toBe("not an address Bearer [redacted]");
  });

  test("words about tokens stay readable", () => {
    expect(errors.redact("Bearer token expired")).toBe("Bearer token expired");
    expect(errors.redact("a short secret", ["a"])).toBe("a short secret");
  });

  test.each(["a.", "eyJ-", "eyJhbGciOi. ", 'password"', "bearer ", "x://", "x://a:"])(
    "%j a million times is gone through as often, whatever it looks like",
    (text) => {
      expect(errors.redact(text.repeat(1_000_000))).toMatch(/^.{4000}\.\.\. \(\d+ characters\)$/);
    },
  );

  test("a long message is bounded", () => {
    expect(new QueryError("QUERY.X", "x".repeat(1_000_000)).message.length).toBeLessThan(5_000);
  });

  test("an endless chain of causes ends", () => {
    const loop: Error = new Error("loop");
    loop.cause = loop;
    expect(JSON.stringify(new NetworkError("NETWORK.FAILED", "x", { cause: loop }))).toContain("loop");
  });

  test("an error of this package stays the cause it is", () => {
    expect(new NetworkError("NETWORK.FAILED", "x", { cause: error }).cause).toBe(error);
  });
});

describe("details", () => {
  test("an error without details shows none", () => {
    expect(examples.query.toJSON()).toEqual({ name: "QueryError", code: "QUERY.UNBOUNDED", message: "no" });
    expect(Object.keys(examples.query)).toEqual(["code"]);
  });

  test("an abort error has its reason as it was given, and as its cause when it is an error", () => {
    const reason = { mine: true };
    expect(new AbortError("ABORT.SIGNAL", "no", { reason }).reason).toBe(reason);
    expect(new AbortError("ABORT.SIGNAL", "no", { reason }).cause).toBeUndefined();
    const timeout = new DOMException(`time is up for Bearer ${token}`, "TimeoutError");
    const error = new AbortError("ABORT.SIGNAL", "no", { reason: timeout });
    expect(error.reason).toBe(timeout);
    expect(error.cause).toMatchObject({ name: "TimeoutError" });
    expect(inspect(error) + JSON.stringify(error)).not.toContain(token);
  });

  test("an input error names the place, and that nothing was sent", () => {
    const error = new InputError("INPUT.BODY", "no", { path: "items[3].space" });
    expect(error).toMatchObject({ path: "items[3].space", outcome: "unsent" });
    expect(examples.input.path).toBeUndefined();
  });

  test("a model error carries its diagnostics, a response error its path", () => {
    const diagnostics = [{ code: "MODEL.X", severity: "error", message: "m", place: "p" }] as const;
    expect(new ModelError("MODEL.INVALID", "no", diagnostics).diagnostics).toEqual(diagnostics);
    expect(new ResponseError("RESPONSE.SCHEMA", "no", { path: "items[0]" }).path).toBe("items[0]");
    expect(examples.response.path).toBeUndefined();
  });
});
