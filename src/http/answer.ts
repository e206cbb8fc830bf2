import { type ApiError, apiError, type ErrorDetails, ResponseError, redact, redactUrl } from "../errors/index.js";
import { errorIn, isRecord } from "../models/index.js";
import type { ResponseSchema } from "../models/responses/index.js";
import { loadPart } from "./load-part.js";
import type { Logger } from "./logger.js";
import type { ValidationMode } from "./request.js";
import type { Answer } from "./transport.js";

/** A refusal, and whether the service says itself that the call may be repeated. */
export interface Refusal {
  readonly error: ApiError | ResponseError;
  readonly autoRetryable: boolean;
}

/** Whether the answer has what was asked for. */
export function isSuccess(answer: Answer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** How an answer is read. */
export interface Reading<T> {
  readonly schema: ResponseSchema<T> | undefined;
  readonly parse: (text: string) => unknown;
  readonly validation: ValidationMode;
  readonly logger: Logger;
}

/** The value of a successful answer, checked when there is a schema. */
export async function readValue<T>(answer: Answer, reading: Reading<T>, details: ErrorDetails): Promise<T> {
  const { schema, parse, validation, logger } = reading;
  const value = jsonOf(answer, parse, schema !== undefined, details);
  const checked = validation === "off" ? undefined : schema?.check(value);
  const loading = { ...details, outcome: "unknown" } as const;
  const result = checked instanceof Promise ? await loadPart("checking answers", () => checked, loading) : checked;
  if (result?.ok === false) {
    const { path } = result;
    const message = `The answer is not as promised${path && ` at ${path}`}: ${result.message}`;
    if (validation === "strict") {
      const hint = "Is this the data modeling service, and a version of it that this package knows?";
      throw new ResponseError("RESPONSE.SCHEMA", message, { ...details, path, hint });
    }
    logger.warn(redact(message, details.secrets), { url: details.url, requestId: details.requestId });
  }
  // Without a check the caller says what the type is.
  return value as T;
}

function jsonOf(answer: Answer, parse: Reading<unknown>["parse"], needed: boolean, details: ErrorDetails): unknown {
  if (answer.text === "" && !needed) return undefined;
  try {
    return parse(answer.text);
  } catch {
    throw new ResponseError(
      "RESPONSE.NOT_JSON",
      `The answer has status ${answer.status} but is not complete JSON (${contentType(answer)}): ${excerpt(answer, details) || "nothing"}`,
      { ...details, hint: "A proxy may have answered in place of the service, or cut its answer off." },
    );
  }
}

/** The error for an answer that is not a success; bodies that are not the service's are quoted (contract 2.1). */
export function readRefusal(answer: Answer, details: ErrorDetails): Refusal {
  const marked = answer.headers.get("cdf-is-auto-retryable")?.toLowerCase() === "true";
  if (answer.status < 400) return { error: redirected(answer, details), autoRetryable: false };
  const body = parsed(answer.text);
  const refusal = errorIn(body);
  if (refusal === undefined) {
    return { error: apiError(answer.status, foreignMessage(answer, body, details), details), autoRetryable: marked };
  }
  const { message, missing, duplicated, isAutoRetryable } = refusal;
  return {
    error: apiError(answer.status, message, { ...details, missing, duplicated }),
    autoRetryable: marked || isAutoRetryable === true,
  };
}

function redirected(answer: Answer, details: ErrorDetails): ResponseError {
  const target = answer.headers.get("location");
  return new ResponseError(
    "RESPONSE.REDIRECT",
    `The service redirects${target === null ? "" : ` to ${redactUrl(target, details.secrets)}`}.`,
    {
      ...details,
      hint: "Redirects are not followed, so that the token goes nowhere else: set baseUrl to the final address.",
    },
  );
}

/** The message in an error body of another form than the service's own. */
function foreignMessage(answer: Answer, body: unknown, details: ErrorDetails): string {
  const error = isRecord(body) ? (body["error"] ?? body["message"]) : undefined;
  const text = isRecord(error) ? error["message"] : error;
  if (typeof text === "string" && text !== "") return text;
  if (answer.text === "") return `The service answered with status ${answer.status} and nothing more.`;
  return `The service answered with status ${answer.status} and a body of its own (${contentType(answer)}): ${excerpt(answer, details)}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function contentType(answer: Answer): string {
  return answer.headers.get("content-type") ?? "no content type";
}

/** The first words of a body, without markup. Secrets go first: of one cut in two, a part would stay. */
function excerpt({ text }: Answer, { secrets }: ErrorDetails): string {
  const words = redact(text.slice(0, 65_536), secrets)
    .slice(0, 2_000)
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, " ")
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words.length > 200 ? `${words.slice(0, 200)}...` : words;
}
