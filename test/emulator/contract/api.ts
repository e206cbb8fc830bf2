import type { Fetch } from "../../../src/http/index.js";

/** A body as tests look at it. */
// biome-ignore lint/suspicious/noExplicitAny: tests reach into answers of any shape.
export type Json = Record<string, any>;

/** An answer as tests look at it. */
export interface Answer {
  readonly status: number;
  readonly body: Json;
}

/** A project of an emulator that listens, over HTTP. Every call is held against the service's document where that is there. */
export interface Api {
  /** @param documented - false where the request is meant to be wrong: only the answer must fit the document */
  get(path: string, documented?: boolean): Promise<Answer>;
  post(path: string, body: Json, documented?: boolean): Promise<Answer>;
  /** The body of an answer that must be 200. */
  ok(path: string, body: Json): Promise<Json>;
  /** Any call, below the address of the project. */
  raw(path: string, init: RequestInit): Promise<Response>;
  /** The milliseconds by which the emulator's clock goes forward. */
  later(milliseconds: number): void;
}

/** What an {@link Api} stands on. */
export interface ApiHost {
  readonly url: string;
  readonly project: string;
  /** Holds requests and answers against the document. */
  readonly whole: Fetch;
  /** Holds nothing against anything. */
  readonly plain: Fetch;
  /** Holds answers against the document. */
  readonly answersOnly: Fetch;
  readonly later: (milliseconds: number) => void;
}

const HEADERS = { authorization: "Bearer token", "content-type": "application/json" };

/** Calls a project. */
export function apiOf({ url, project, whole, answersOnly, plain, later }: ApiHost): Api {
  const base = `${url}/api/v1/projects/${project}`;
  const call = async (path: string, init: RequestInit, documented: boolean): Promise<Answer> => {
    const response = await (documented ? whole : answersOnly)(
      new Request(`${base}${path}`, { headers: HEADERS, ...init }),
    );
    const body: Json = JSON.parse(await response.text());
    return { status: response.status, body };
  };
  const post: Api["post"] = (path, body, documented = true) =>
    call(path, { method: "POST", body: JSON.stringify(body) }, documented);
  return {
    get: (path, documented = true) => call(path, {}, documented),
    post,
    ok: async (path, body) => {
      const answer = await post(path, body);
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    raw: (path, init) => plain(new Request(`${base}${path}`, { headers: HEADERS, ...init })),
    later,
  };
}
