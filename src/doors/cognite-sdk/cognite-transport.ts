import type { Answer, Method, Outgoing, Transport } from "../../http/index.js";
import type { CogniteAnswer, CogniteClientLike, CogniteRequest } from "./cognite-client.js";
import { refusalOf, textOf } from "./refusal.js";

/** Headers that the given client sets itself: it stays the one that calls. */
const itsOwn: ReadonlySet<string> = new Set(["authorization", "x-cdp-app", "x-cdp-sdk"]);

/** Sends everything for the service through a `CogniteClient`, which signs it and repeats it by its own rules. */
export class CogniteTransport implements Transport {
  readonly signsRequests = true;
  readonly repeatsRequests = true;
  /** It takes bodies as text only. */
  readonly compress = false;
  readonly #client: CogniteClientLike;
  readonly #baseUrl: string;

  constructor(client: CogniteClientLike, baseUrl: string) {
    this.#client = client;
    this.#baseUrl = baseUrl;
  }

  // As text both ways: it would print JSON with indentation, and turn answers that are not JSON into strings.
  async exchange({ method, url, headers, body }: Outgoing): Promise<Answer> {
    const data = body === undefined ? {} : { data: body };
    const answer = await this.#send(method, url, { ...data, headers: passedOn(headers), responseType: "text" });
    return { status: answer.status, headers: new Headers(answer.headers), text: textOf(answer.data) };
  }

  /** Contents of files. To other addresses than the service's they go without the client, and without a token. */
  readonly fetch = async (request: Request): Promise<Response> => {
    if (!request.url.startsWith(`${this.#baseUrl}/`)) return globalThis.fetch(request);
    const data = request.body === null ? {} : { data: await request.arrayBuffer() };
    const {
      status,
      headers,
      data: content,
    } = await this.#send(request.method as Method, request.url, {
      ...data,
      headers: passedOn(Object.fromEntries(request.headers)),
      responseType: "arraybuffer",
    });
    const empty = status === 204 || status === 304;
    return new Response(empty ? null : content instanceof ArrayBuffer ? content : textOf(content), { status, headers });
  };

  async #send(method: Method, url: string, request: CogniteRequest): Promise<CogniteAnswer> {
    const path = url.slice(this.#baseUrl.length);
    try {
      switch (method) {
        case "GET":
          return await this.#client.get(path, request);
        case "POST":
          return await this.#client.post(path, request);
        case "PUT":
          return await this.#client.put(path, request);
        case "DELETE":
          return await this.#client.delete(path, request);
      }
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === undefined) throw error;
      return refusal;
    }
  }
}

function passedOn(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !itsOwn.has(name)));
}
