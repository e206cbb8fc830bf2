import { isApiError, ResponseError } from "../errors/index.js";
import { type HTTPClient, type RequestOptions, runBatch } from "../http/index.js";
import type { FileDownloadLink, FileId, FileUploadId } from "../models/index.js";
import { fileDownloadLinks } from "../models/responses/index.js";
import { listOf } from "./check-input.js";
import type { FileContent } from "./file-content.js";
import { blobOf, guardedBody } from "./file-download.js";
import { FileUpload, type FileUploadArgs, type UploadedFile } from "./file-upload.js";
import { wireId } from "./resource-ids.js";

/** Files of one request for links at most (contract 11.2). */
const requestSize = 100;

const fileIds = ["instanceId", "externalId", "id"] as const;
const uploadIds = ["instanceId", "externalId"] as const;

/** How long download links are valid. */
export interface FileDownloadLinkArgs {
  /** An hour instead of 30 seconds. @defaultValue false */
  readonly extendedExpiration?: boolean;
}

/**
 * Contents of files (contract 11.2). A file is a node of the core model, written with `client.instances` before its
 * content is uploaded; the content is in a storage of its own, which the token is never sent to.
 *
 * @example
 * ```ts
 * import { FilesAPI } from "pygen";
 *
 * const files = new FilesAPI(client);
 * const report = { instanceId: { space: "data", externalId: "report" } };
 * await files.upload(report, "all is well", { mimeType: "text/plain" });
 * console.log(await (await files.download(report)).text());
 * ```
 */
export class FilesAPI {
  readonly #http: HTTPClient;

  constructor(client: { readonly http: HTTPClient }) {
    this.#http = client.http;
  }

  /**
   * Uploads the content of a file, in place of what it had. What is longer than a part (16 MiB) is sent in parts, several
   * at once, each repeated by itself when need be; a stream is read as its parts are sent. The file shows its new content
   * when all of it is there, and `isUploaded` of its node turns true a little later.
   *
   * @throws InputError for an id, a content or a size that cannot be; ApiError when the file does not exist or the storage
   * refuses; AbortError when it was stopped. The file then has the content that it had before
   *
   * @example
   * ```ts
   * import { FilesAPI } from "pygen";
   *
   * const files = new FilesAPI(client);
   * const video = await fetch("https://example.com/inspection.mp4");
   * if (video.body !== null) {
   *   await files.upload({ instanceId: { space: "data", externalId: "inspection" } }, video.body, {
   *     size: Number(video.headers.get("content-length")),
   *     onProgress: ({ sent, total }) => console.log(sent, "of", total),
   *   });
   * }
   * ```
   */
  async upload(
    id: FileUploadId,
    content: FileContent,
    args: FileUploadArgs = {},
    options: RequestOptions = {},
  ): Promise<UploadedFile> {
    return new FileUpload(this.#http, wireId(id, uploadIds, "id"), args, options).run(content);
  }

  /**
   * Links to the contents of any number of files, 100 a request, in the order of the ids. Whoever has a link can use it,
   * without a token.
   *
   * @throws ApiError when a file does not exist or has no content
   */
  async downloadLinks(
    ids: readonly FileId[],
    args: FileDownloadLinkArgs = {},
    options: RequestOptions = {},
  ): Promise<FileDownloadLink[]> {
    return runBatch<FileId, FileDownloadLink>({
      stages: [listOf(ids, "ids").map((id, place) => wireId(id, fileIds, `ids[${place}]`))],
      size: requestSize,
      concurrency: this.#http.concurrency("files"),
      signal: options.signal,
      send: async (items) => {
        const answer = await this.#http.request({
          ...options,
          method: "POST",
          path: "/files/downloadlink",
          query: { extendedExpiration: args.extendedExpiration },
          body: { items },
          schema: fileDownloadLinks,
        });
        if (answer.items.length === items.length) return answer.items;
        throw new ResponseError(
          "RESPONSE.SCHEMA",
          `The answer has ${answer.items.length} links for ${items.length} files.`,
        );
      },
    });
  }

  /**
   * The content of a file, all of it in memory.
   *
   * @throws as `downloadLinks`; NetworkError when it breaks off
   */
  async download(id: FileId, options: RequestOptions = {}): Promise<Blob> {
    const { headers, body } = await this.#open(id, options);
    return blobOf(guardedBody(body ?? empty(), options.signal), headers.get("content-type") ?? "");
  }

  /**
   * The content of a file as a stream, for files of any size. The signal stops it to its end.
   *
   * @throws as `download`; the stream itself fails with NetworkError or AbortError
   *
   * @example
   * ```ts
   * import { FilesAPI } from "pygen";
   *
   * const stream = await new FilesAPI(client).downloadStream({ instanceId: { space: "data", externalId: "log" } });
   * let bytes = 0;
   * const reader = stream.getReader();
   * for (let step = await reader.read(); !step.done; step = await reader.read()) bytes += step.value.length;
   * ```
   */
  async downloadStream(id: FileId, options: RequestOptions = {}): Promise<ReadableStream<Uint8Array>> {
    const { body } = await this.#open(id, options);
    return guardedBody(body ?? empty(), options.signal);
  }

  /** Opens a content by a fresh link; by one more when it ran out before it was used. */
  async #open(id: FileId, options: RequestOptions): Promise<Response> {
    const { signal, timeout } = options;
    for (let again = true; ; again = false) {
      const [link] = await this.downloadLinks([id], {}, options);
      try {
        return await this.#http.transfer({ method: "GET", url: link?.downloadUrl ?? "", signal, timeout });
      } catch (error) {
        if (!again || !isApiError(error) || error.status !== 403) throw error;
      }
    }
  }
}

function empty(): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({ start: (controller) => controller.close() });
}
