import { InputError } from "../errors/index.js";
import type { HTTPClient, RequestOptions } from "../http/index.js";
import {
  type FileMetadata,
  type FileMultipartUploadLink,
  type FileUploadId,
  type FileUploadLink,
  MAX_PARTS,
} from "../models/index.js";
import { fileMultipartUploadLink, fileUploadLink, nothing, type OneOrBare } from "../models/responses/index.js";
import { type ContentPart, type FileContent, partSizeFor, partsOf, sizeOf } from "./file-content.js";

/** How much of an upload is done. */
export interface UploadProgress {
  /** Bytes that the storage has taken. */
  readonly sent: number;
  /** Bytes in all; `undefined` for a stream without `size`. */
  readonly total: number | undefined;
}

/** How to upload. */
export interface FileUploadArgs {
  /**
   * Type of a content that is sent in one piece; in parts, the type is what the file's node says.
   *
   * @defaultValue what the file's node says, else the type of the Blob, else `application/octet-stream`
   */
  readonly mimeType?: string;
  /** Bytes of a stream. Worth giving: without it, the service is asked for 250 addresses, most of them for nothing. */
  readonly size?: number;
  /**
   * Bytes of a part, 5 MiB to 4000 MiB; larger where 250 parts would not be enough. What is not longer than a part is
   * sent in one piece. A stream has as many parts in memory as the client has places for files, and one more.
   *
   * @defaultValue 16 MiB
   */
  readonly partSize?: number;
  /** Called after each part. */
  readonly onProgress?: (progress: UploadProgress) => void;
}

/** What was uploaded. */
export interface UploadedFile extends Omit<FileMetadata, "uploaded" | "uploadedTime"> {
  /** Bytes of the content. */
  readonly bytes: number;
}

const nothingAtAll: ContentPart = { body: new Uint8Array(), bytes: 0 };

/** One upload of a content. */
export class FileUpload {
  readonly #http: HTTPClient;
  readonly #id: FileUploadId;
  readonly #args: FileUploadArgs;
  readonly #options: RequestOptions;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  #total: number | undefined;
  #sent = 0;

  constructor(http: HTTPClient, id: FileUploadId, args: FileUploadArgs, options: RequestOptions) {
    const { signal } = this.#stop;
    this.#http = http;
    this.#id = id;
    this.#args = args;
    this.#signal = options.signal ? AbortSignal.any([signal, options.signal]) : signal;
    this.#options = { ...options, signal: this.#signal };
  }

  async run(content: FileContent): Promise<UploadedFile> {
    const { mimeType } = this.#args;
    if (mimeType !== undefined && !isType(mimeType)) {
      throw new InputError("INPUT.MIME_TYPE", "mimeType must be a text of printable ASCII characters.", {
        path: "mimeType",
      });
    }
    this.#total = sizeOf(content) ?? this.#args.size;
    const partSize = partSizeFor(this.#total, this.#args.partSize);
    const parts = partsOf(content, partSize, this.#signal);
    try {
      const start = await firstTwo(parts);
      const {
        uploaded: _before,
        uploadedTime: _time,
        ...file
      } = start.length < 2
        ? await this.#whole(start[0] ?? nothingAtAll, content instanceof Blob ? content.type : "")
        : await this.#inParts(start, parts, partSize);
      return { ...file, bytes: this.#sent };
    } finally {
      await parts.return();
    }
  }

  async #whole(part: ContentPart, ownType: string): Promise<FileMetadata> {
    this.#checkSize(part.bytes, true);
    const { uploadUrl, ...file } = only<FileUploadLink>(
      await this.#http.request({
        ...this.#options,
        method: "POST",
        path: "/files/uploadlink",
        body: { items: [this.#id] },
        schema: fileUploadLink,
      }),
    );
    // What others wrote to the node may be more than a header can hold.
    const type = [this.#args.mimeType, file.mimeType, ownType].find((one) => one && isType(one));
    await this.#put(uploadUrl, part, { "content-type": type ?? "application/octet-stream" });
    return file;
  }

  async #inParts(
    first: ContentPart[],
    more: AsyncGenerator<ContentPart, void, undefined>,
    partSize: number,
  ): Promise<FileMetadata> {
    const count = this.#total === undefined ? MAX_PARTS : Math.ceil(this.#total / partSize);
    const { uploadId, uploadUrls, ...file } = only<FileMultipartUploadLink>(
      await this.#http.request({
        ...this.#options,
        method: "POST",
        path: "/files/multiuploadlink",
        query: { parts: count },
        body: { items: [this.#id] },
        schema: fileMultipartUploadLink,
      }),
    );
    await this.#sendAll(concat(first, more), uploadUrls);
    this.#checkSize(this.#sent, true);
    await this.#http.request({
      ...this.#options,
      method: "POST",
      path: "/files/completemultipartupload",
      body: { ...this.#id, uploadId },
      schema: nothing,
    });
    return file;
  }

  /** Sends parts, as many at once as the client has places for files. The first one that fails stops the others. */
  async #sendAll(parts: AsyncGenerator<ContentPart, void, undefined>, urls: readonly string[]): Promise<void> {
    let started = 0;
    let read = 0;
    const failures: unknown[] = [];
    const work = async (): Promise<void> => {
      try {
        for (;;) {
          // Parts come in the order in which they are asked for.
          const place = started++;
          const step = await parts.next();
          if (step.done || failures.length > 0) return;
          read += step.value.bytes;
          this.#checkSize(read, false);
          await this.#put(urlOf(urls, place), step.value, {});
        }
      } catch (error) {
        failures.push(error);
        this.#stop.abort(error);
      }
    };
    await Promise.all(Array.from({ length: this.#http.concurrency("files") }, work));
    if (failures.length > 0) throw failures[0];
  }

  async #put(url: string, { body, bytes }: ContentPart, headers: Readonly<Record<string, string>>): Promise<void> {
    const { timeout } = this.#options;
    const answer = await this.#http.transfer({ method: "PUT", url, headers, body, signal: this.#signal, timeout });
    // Read to its end, the connection is free for the next part.
    await answer.arrayBuffer();
    this.#sent += bytes;
    this.#args.onProgress?.({ sent: this.#sent, total: this.#total });
  }

  /** A stream that is not as long as was said would leave a wrong file. */
  #checkSize(bytes: number, all: boolean): void {
    const total = this.#total ?? bytes;
    if (bytes === total || (bytes < total && !all)) return;
    const found = all ? `${bytes} bytes` : `more`;
    throw new InputError("INPUT.SIZE", `The stream was said to have ${total} bytes, but it has ${found}.`, {
      path: "size",
    });
  }
}

function urlOf(urls: readonly string[], place: number): string {
  const url = urls[place];
  if (url !== undefined) return url;
  throw new InputError("INPUT.SIZE", `The stream is longer than ${urls.length} parts.`, {
    path: "size",
    hint: "Give its size, or a larger partSize.",
  });
}

/** The only one of a list, or what is bare (contract 11.2). */
function only<T extends object>(answer: OneOrBare<T>): T {
  return "items" in answer ? answer.items[0] : answer;
}

async function firstTwo(parts: AsyncGenerator<ContentPart, void, undefined>): Promise<ContentPart[]> {
  const found: ContentPart[] = [];
  for (let step = await parts.next(); !step.done; step = await parts.next()) {
    if (found.push(step.value) === 2) break;
  }
  return found;
}

/** Some things, which are let go of one by one, and more. */
async function* concat<T>(first: T[], more: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  for (let next = first.shift(); next !== undefined; next = first.shift()) yield next;
  yield* more;
}

/** Whether a header can hold a type. */
function isType(type: string): boolean {
  return typeof type === "string" && /^[\x20-\x7e]*$/.test(type);
}
