import { noParameters, type RequestSchema } from "../../models/requests/index.js";
import type { StorageAccess } from "../engine/data/index.js";
import type { ProjectState } from "../engine/state.js";
import { checked } from "./checked.js";

/** What a call brings besides its path. */
export interface Call {
  /** The parts of the path that a route names with a colon. */
  readonly path: Readonly<Record<string, string>>;
  /** The query parameters, by name. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What the body holds; read and parsed when first asked for. */
  readonly body: () => Promise<unknown>;
  /** How contents of files are reached. */
  readonly storage: StorageAccess;
}

/** A call that the emulator serves within a project. */
export interface Route {
  readonly method: "GET" | "POST";
  /** Below `/api/v1/projects/{project}`; parts that begin with a colon take any text. */
  readonly path: string;
  /** Of an answer that is a success. @defaultValue 200 */
  readonly status?: 200 | 201;
  readonly run: (state: ProjectState, call: Call) => Promise<object>;
  /** Reads a body that comes as a message of protocol buffers, in place of JSON, into what JSON would hold. */
  readonly readMessage?: (bytes: Uint8Array) => object;
  /** Makes such a message of the answer, for those who accept it. */
  readonly writeMessage?: (answer: object) => Uint8Array<ArrayBuffer>;
}

/** Paths that are called with POST although they change nothing. */
const READS =
  /\/(byids|list|query|sync|search|aggregate|inspect|data\/latest|downloadlink|versions\/:version\/graphql)$/;

/** Whether a call leaves everything as it is. */
export function isRead({ method, path }: Route): boolean {
  return method === "GET" || READS.test(path);
}

/** A call without a body. */
export function get<P>(
  path: string,
  parameters: RequestSchema<P>,
  run: (state: ProjectState, parameters: P) => object,
): Route {
  return { method: "GET", path, run: async (state, call) => run(state, checked(parameters, call.parameters)) };
}

/** A call with a body: all of it is read before anything runs, so that running it is one step. */
export function post<B, P>(
  path: string,
  body: RequestSchema<B>,
  run: (state: ProjectState, body: B, parameters: P, call: Call) => object,
  parameters: RequestSchema<P>,
): Route {
  return {
    method: "POST",
    path,
    run: async (state, call) => {
      const given = checked(parameters, call.parameters);
      const content = checked(body, await call.body());
      return run(state, content, given, call);
    },
  };
}

/** A call with a body and no parameters. */
export function plain<B>(path: string, body: RequestSchema<B>, run: (state: ProjectState, body: B) => object): Route {
  return post(path, body, (state, content) => run(state, content), noParameters);
}
