import { type FileContent, FilesAPI, type FileUploadArgs, type UploadedFile } from "../../client/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import type { HandleContext } from "../handle-context.js";
import { callOptions } from "../operations/call-options.js";
import type { Content } from "../types/attached.js";
import type { CallOptions } from "../types/call.js";
import { type Attached, type AttachedTo, attachedIds, nothingThere } from "./references.js";

/** The content of the file that a handle's call is about. */
export async function openContent(
  context: HandleContext,
  view: ViewDescriptor,
  of: unknown,
  property: string | undefined,
): Promise<Content> {
  return new OneFile(context, { view, of, property });
}

class OneFile implements Content {
  readonly #api: FilesAPI;
  readonly #to: AttachedTo;
  readonly #id: Attached | undefined;

  constructor(context: HandleContext, to: AttachedTo) {
    this.#api = new FilesAPI(context.client);
    this.#to = to;
    this.#id = attachedIds(context, to, "file")[0];
  }

  async download(options: CallOptions = {}): Promise<Blob | undefined> {
    return this.#id && this.#api.download(this.#id, callOptions(options));
  }

  async stream(options: CallOptions = {}): Promise<ReadableStream<Uint8Array> | undefined> {
    return this.#id && this.#api.downloadStream(this.#id, callOptions(options));
  }

  async link(args: { readonly extendedExpiration?: boolean } & CallOptions = {}): Promise<string | undefined> {
    if (this.#id === undefined) return undefined;
    const [link] = await this.#api.downloadLinks([this.#id], args, callOptions(args));
    return link?.downloadUrl;
  }

  async upload(content: FileContent, args: FileUploadArgs & CallOptions = {}): Promise<UploadedFile> {
    return this.#api.upload(this.#there, content, args, callOptions(args));
  }

  get #there(): Attached {
    return this.#id ?? nothingThere(this.#to);
  }
}
