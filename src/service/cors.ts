const methods = "GET, HEAD, POST";
const requestHeaders = "authorization, content-type, if-none-match, x-api-key, x-cdf-authorization";
const responseHeaders = "etag, retry-after, x-request-id, x-pygen-warnings";

function originOf(request: Request, origins: ReadonlySet<string>): string | undefined {
  const origin = request.headers.get("origin");
  if (origin === null) return undefined;
  if (origins.has("*")) return "*";
  return origins.has(origin) ? origin : undefined;
}

/** The answer to a browser that asks whether a page of another origin may ask. */
export function preflight(request: Request, origins: ReadonlySet<string>): Response | undefined {
  if (request.method !== "OPTIONS" || !request.headers.has("access-control-request-method")) return undefined;
  if (originOf(request, origins) === undefined) return new Response(null, { status: 204 });
  return new Response(null, {
    status: 204,
    headers: {
      "access-control-allow-methods": methods,
      "access-control-allow-headers": requestHeaders,
      "access-control-max-age": "600",
    },
  });
}

/** Lets the page see an answer. Nothing is sent along that a browser adds by itself, so any page may be let in. */
export function allowOrigin(request: Request, response: Response, origins: ReadonlySet<string>): void {
  const origin = originOf(request, origins);
  response.headers.append("vary", "origin");
  if (origin === undefined) return;
  response.headers.set("access-control-allow-origin", origin);
  response.headers.set("access-control-expose-headers", responseHeaders);
}
