import { VERSION } from "../models/index.js";
import { type ArchiveFormat, mediaTypes } from "../output/index.js";
import { bearerOf, hashOf } from "./access.js";
import type { Job, JobResult, ModelTexts } from "./job.js";
import type { ServiceLimits } from "./limits.js";
import { type FetchOptions, modelTextsOf } from "./model-texts.js";
import { openApi } from "./open-api.js";
import type { CacheUse, Workers } from "./options.js";
import { page } from "./page.js";
import { Problem } from "./problem.js";
import { readBody } from "./read-body.js";
import { diffRequest, generateRequest, type ModelSource, validateRequest } from "./requests.js";
import { type SingleFlight, singleFlight } from "./single-flight.js";
import type { KeptResult, ServiceStore } from "./store.js";

/** What is found out about a request while it is answered. */
export interface Call {
  readonly requestId: string;
  route: string;
  client?: string | undefined;
  code?: string | undefined;
  cache?: CacheUse | undefined;
}

/** What answers at a path. */
export interface Route {
  readonly method: "GET" | "POST";
  handle(request: Request, call: Call): Response | Promise<Response>;
}

/** What the handlers stand on. */
export interface HandlerContext extends Pick<FetchOptions, "baseUrls" | "fetch" | "hooks"> {
  readonly limits: ServiceLimits;
  readonly store: ServiceStore;
  readonly workers: Workers;
  readonly isDraining: () => boolean;
  readonly metrics: (() => Promise<Response>) | undefined;
}

/** What answers, by path. */
export function handlers(context: HandlerContext): ReadonlyMap<string, Route> {
  const get = (handle: Route["handle"]): Route => ({ method: "GET", handle });
  const post = (handle: Route["handle"]): Route => ({ method: "POST", handle });
  const flights = singleFlight<KeptResult>();
  return new Map([
    ["/", get(() => page())],
    ["/health", get(() => json({ status: "ok" }))],
    ["/ready", get(() => (context.isDraining() ? json({ status: "stopping" }, 503) : json({ status: "ok" })))],
    ["/version", get(() => json({ name: "pygen", version: VERSION }))],
    ["/openapi.json", get(async () => json(await openApi(context.limits)))],
    ["/validate", post((request) => validate(request, context))],
    ["/diff", post((request) => diff(request, context))],
    ["/generate", post((request, call) => generate(request, call, context, flights))],
    ...(context.metrics ? [["/metrics", get(context.metrics)] as const] : []),
  ]);
}

async function validate(request: Request, context: HandlerContext): Promise<Response> {
  const { model, dataModel, config = {} } = await readBody(request, validateRequest, context.limits);
  const texts = await textsOf(model, request, context);
  const job = { kind: "validate", model: texts, dataModel, config, maxViews: context.limits.views } as const;
  const result = await run(job, request.signal, context);
  if (result.kind !== "diagnostics") throw unexpected(result);
  return json({
    ok: result.diagnostics.every(({ severity }) => severity !== "error"),
    diagnostics: result.diagnostics,
  });
}

async function diff(request: Request, context: HandlerContext): Promise<Response> {
  const { before, after } = await readBody(request, diffRequest, context.limits);
  const [old, next] = await Promise.all([textsOf(before, request, context), textsOf(after, request, context)]);
  const job = { kind: "diff", before: old, after: next, maxViews: context.limits.views } as const;
  const result = await run(job, request.signal, context);
  if (result.kind !== "changes") throw unexpected(result);
  return json({ breaking: result.changes.some(({ breaking }) => breaking), changes: result.changes });
}

async function generate(
  request: Request,
  call: Call,
  context: HandlerContext,
  flights: SingleFlight<KeptResult>,
): Promise<Response> {
  const body = await readBody(request, generateRequest, context.limits);
  const { model, dataModel, config = {}, format = formatOf(request) } = body;
  const texts = await textsOf(model, request, context);
  const job = { kind: "generate", model: texts, dataModel, config, format, maxViews: context.limits.views } as const;
  // Output is a function of the job and of this version.
  const key = await hashOf(JSON.stringify([VERSION, job]));
  const etag = `"${key}"`;
  const headers = { etag, "cache-control": "private, no-cache", vary: "accept" };
  const known = request.headers.get("if-none-match");
  const notModified = () => new Response(null, { status: 304, headers });
  if (matches(known, etag)) return notModified();
  const kept = await context.store.get(key);
  call.cache = kept ? "hit" : "shared";
  const makeOnce = () =>
    flights(key, request.signal, (signal) => {
      call.cache = "miss";
      return make(key, job, signal, context);
    });
  const { bytes, warnings } = kept ?? (await makeOnce());
  // Any that there is, which is known only now.
  if (known?.trim() === "*") return notModified();
  return new Response(streamOf(bytes), {
    headers: {
      ...headers,
      "content-type": mediaTypes[format],
      "content-length": String(bytes.length),
      "x-pygen-warnings": String(warnings),
      ...(format === "json" ? {} : { "content-disposition": `attachment; filename="sdk.${format}"` }),
    },
  });
}

async function make(key: string, job: Job, signal: AbortSignal, context: HandlerContext): Promise<KeptResult> {
  const result = await run(job, signal, context);
  if (result.kind !== "archive") throw unexpected(result);
  const warnings = result.diagnostics.filter(({ severity }) => severity === "warning").length;
  const kept = { bytes: result.bytes, warnings };
  await context.store.set(key, kept);
  return kept;
}

async function run(job: Job, signal: AbortSignal, { workers, limits }: HandlerContext): Promise<JobResult> {
  const result = await workers.run(job, { signal, milliseconds: limits.milliseconds });
  if (result.kind !== "refused") return result;
  const { code, message, diagnostics } = result;
  throw new Problem(422, code, message, diagnostics.length === 0 ? {} : { diagnostics });
}

function unexpected({ kind }: JobResult): Error {
  return new Error(`a job gave ${kind}`);
}

function textsOf(source: ModelSource, { headers, signal }: Request, context: HandlerContext): Promise<ModelTexts> {
  const { baseUrls, fetch, hooks, limits } = context;
  const token = bearerOf(headers.get("x-cdf-authorization"));
  return modelTextsOf(source, { baseUrls, fetch, hooks, token, signal, milliseconds: limits.fetchMilliseconds });
}

/** The format that a request accepts most; zip where it does not mind. */
function formatOf({ headers }: Request): ArchiveFormat {
  const accepted = (headers.get("accept") ?? "")
    .split(",")
    .map((part) => {
      const [type = "", ...parameters] = part.split(";").map((each) => each.trim().toLowerCase());
      const quality = parameters.find((each) => each.startsWith("q="))?.slice(2) ?? "1";
      return { type, quality: Number(quality) };
    })
    .sort((a, b) => b.quality - a.quality);
  const formats = Object.entries(mediaTypes) as [ArchiveFormat, string][];
  for (const { type, quality } of accepted) {
    const found = quality > 0 && formats.find(([, media]) => media === type);
    if (found) return found[0];
  }
  return "zip";
}

function matches(header: string | null, etag: string): boolean {
  return header?.split(",").some((each) => each.trim().replace(/^W\//, "") === etag) ?? false;
}

const pieceBytes = 64_000;

/** In pieces, as fast as they are taken. */
function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(bytes.subarray(at, at + pieceBytes));
      at += pieceBytes;
      if (at >= bytes.length) controller.close();
    },
  });
}

function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
  });
}
