// What can go wrong with one request, by name, and how a seed chooses.
import { createHash } from "node:crypto";

const html = (title) =>
  `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
const refusal = (status, more = {}) => ({ code: status, message: `Injected ${status}.`, ...more });
const json = (status, error, headers = {}) => ({ status, headers, text: JSON.stringify({ error }) });

/**
 * Answers in place of the store's: the request is not applied. `retryAfter` says how a `Retry-After` is written, for
 * the server's record of who came back too early.
 */
const refusals = {
  429: () => json(429, refusal(429)),
  "429-retry-after": ({ seconds }) => json(429, refusal(429), { "retry-after": String(seconds) }),
  "429-date": ({ date }) => json(429, refusal(429), { "retry-after": date }),
  500: () => json(500, refusal(500)),
  "500-retryable": () => json(500, refusal(500, { isAutoRetryable: true })),
  "500-retryable-header": () => json(500, refusal(500), { "cdf-is-auto-retryable": "true" }),
  502: () => ({ status: 502, headers: { "content-type": "text/html" }, text: html("502 Bad Gateway") }),
  503: () => json(503, refusal(503)),
  "503-retry-after": ({ seconds }) => json(503, refusal(503), { "retry-after": String(seconds) }),
  504: () => ({ status: 504, headers: { "content-type": "text/plain" }, text: "upstream timed out" }),
  400: () => json(400, refusal(400)),
  408: () => json(408, refusal(408, { message: overloadText })),
};

export const overloadText = "Graph query timed out. Reduce load or contention, or optimise your query.";

/** The answer that a fault puts in place of the store's, or `undefined` when it concerns the connection. */
export function refusalOf(fault, retryAfter) {
  const make = refusals[fault];
  if (make === undefined) return undefined;
  const wholeSeconds = Math.ceil((Date.now() + retryAfter * 1000) / 1000) * 1000;
  const answer = make({ seconds: retryAfter, date: new Date(wholeSeconds).toUTCString() });
  if (answer.headers["retry-after"] === undefined) return answer;
  const wait = fault.endsWith("-date") ? wholeSeconds - Date.now() : retryAfter * 1000;
  return { ...answer, earliest: performance.now() + wait };
}

/** Faults that cut the connection or hold it before the request is applied. */
export const beforeApplied = new Set(["reset-before", "stall-before"]);

/**
 * The fault of one attempt: by the script, else by chance. Chance depends on the seed, the request and its attempt alone,
 * so a run meets the same faults however its requests overlap.
 */
export function faultOf({ seed, script, rates, faultsPerBody }, key, attempt) {
  if (script.length > 0) return script[attempt - 1] ?? undefined;
  if (attempt > faultsPerBody) return undefined;
  let chance = createHash("sha1").update(`${seed} ${attempt} ${key}`).digest().readUInt32BE(0) / 2 ** 32;
  for (const [fault, rate] of Object.entries(rates)) {
    if (chance < rate) return fault;
    chance -= rate;
  }
  return undefined;
}
