import type { ByExternalId, ByInstanceId, ResourceId, ResourceIds } from "./resource-id.js";

/** Names a file: the node that it is, or another of its ids. */
export type FileId = ResourceId;

/** Names a file whose content is to be uploaded (contract 11.2). */
export type FileUploadId = ByInstanceId | ByExternalId;

/** Most bytes of a content that is sent in one piece (contract 11.2). */
export const MAX_SINGLE_UPLOAD = 5_000_000_000;
/** Fewest bytes of a part of an upload, apart from the last: 5 MiB (contract 11.2). */
export const MIN_PART_SIZE: number = 5 * 1024 * 1024;
/** Most bytes of a part of an upload: 4000 MiB (contract 11.2). */
export const MAX_PART_SIZE: number = 4000 * 1024 * 1024;
/** Most parts of an upload (contract 11.2). */
export const MAX_PARTS = 250;

/** What the service tells about a file. */
export interface FileMetadata extends ResourceIds {
  readonly name?: string;
  readonly mimeType?: string;
  readonly directory?: string;
  readonly uploaded?: boolean;
  /** Milliseconds since 1970, as the other times. */
  readonly uploadedTime?: number;
  readonly createdTime?: number;
  readonly lastUpdatedTime?: number;
}

/** Where to send the content of a file. */
export interface FileUploadLink extends FileMetadata {
  readonly uploadUrl: string;
}

/** Where to send the parts of a file's content. */
export interface FileMultipartUploadLink extends FileMetadata {
  readonly uploadId: string;
  readonly uploadUrls: readonly string[];
}

/** Body of `POST /files/uploadlink` and `/files/multiuploadlink`: exactly one file (contract 11.2). */
export interface FileUploadLinkRequest {
  readonly items: readonly FileUploadId[];
}

/** Body of `POST /files/completemultipartupload` (contract 11.2). */
export type FileCompleteUploadRequest = FileId & { readonly uploadId: string };

/** Body of `POST /files/downloadlink`: 1 to 100 files (contract 11.2). */
export interface FileDownloadLinkRequest {
  readonly items: readonly FileId[];
}

/** Where the content of a file can be had for a while, beside the id that was asked for. */
export interface FileDownloadLink extends Partial<ResourceIds> {
  readonly downloadUrl: string;
}
