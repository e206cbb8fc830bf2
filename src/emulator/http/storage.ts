import type { Context, Env, Hono } from "hono";
import { MAX_SINGLE_UPLOAD } from "../../models/index.js";
import { fetchDownload, type StorageAccess, type StoredContent, storeUpload } from "../engine/data/index.js";
import { Fault } from "../engine/fault.js";
import type { ProjectState } from "../engine/state.js";

/** Outside of the API, as a storage of its own: who has a link needs no token. */
const STORAGE = "/storage/:project";

/** The addresses of contents, at the address that the request came to. */
export function storageAccess(context: Context): StorageAccess {
  const { origin } = new URL(context.req.url);
  const project = context.req.param("project") ?? "";
  return {
    newKey: () => `${crypto.randomUUID()}${crypto.randomUUID()}`.replaceAll("-", ""),
    urlOf: (key) => `${origin}/storage/${project}?key=${key}`,
  };
}

/** Takes and gives contents of files, by links that only the API gives (contract 11.2). */
export function serveStorage<E extends Env>(app: Hono<E>, stateOf: (project: string) => ProjectState): void {
  const serve = (run: (state: ProjectState, key: string, context: Context) => Response | Promise<Response>) => {
    return async (context: Context<Env, typeof STORAGE>): Promise<Response> => {
      try {
        return await run(stateOf(context.req.param("project")), context.req.query("key") ?? "", context);
      } catch (error) {
        // Storages have no envelope for errors.
        if (error instanceof Fault) return context.text(error.message, error.status);
        throw error;
      }
    };
  };
  app.put(
    STORAGE,
    serve(async (state, key, context) => {
      storeUpload(state, key, await received(context.req.raw));
      return context.body(null, 201);
    }),
  );
  app.get(
    STORAGE,
    serve((state, key, context) => {
      const content = fetchDownload(state, key);
      return context.body(streamOf(content), 200, {
        "content-type": typeOf(content),
        "content-length": String(content.bytes),
        // Its length is told, and storages keep contents as they are.
        "cache-control": "no-transform",
      });
    }),
  );
}

async function received(request: Request): Promise<StoredContent> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let step = await reader?.read(); step !== undefined && !step.done; step = await reader?.read()) {
    bytes += step.value.length;
    if (bytes > MAX_SINGLE_UPLOAD) throw new Fault(413, `The content is larger than ${MAX_SINGLE_UPLOAD} bytes.`);
    chunks.push(step.value);
  }
  return { chunks, bytes, mimeType: request.headers.get("content-type") ?? undefined };
}

/** The type of a content; what users wrote to the file's node may be more than a header can hold. */
function typeOf({ mimeType = "" }: StoredContent): string {
  return /^[\x20-\x7e]+$/.test(mimeType) ? mimeType : "application/octet-stream";
}

function streamOf({ chunks }: StoredContent): ReadableStream<Uint8Array<ArrayBuffer>> {
  const left = chunks.values();
  return new ReadableStream({
    pull(controller) {
      const { value, done } = left.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}
