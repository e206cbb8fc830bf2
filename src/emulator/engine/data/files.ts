import type {
  FileCompleteUploadRequest,
  FileDownloadLink,
  FileDownloadLinkRequest,
  FileMetadata,
  FileUploadLinkRequest,
} from "../../../models/index.js";
import { MIN_PART_SIZE } from "../../../models/index.js";
import { badRequest, Fault } from "../fault.js";
import { applyInstances } from "../instances/index.js";
import type { ProjectState } from "../state.js";
import { findOwner, findOwners, findOwnersToWrite, idOf, idsOf, keepOwner, propertyOf } from "./owners.js";
import { isNodeOwner, type Owner, type StoredContent } from "./state.js";

/** The container of the core model whose nodes are files. */
export const FILE = "CogniteFile";
const WEEK = 7 * 24 * 3_600_000;
const DOWNLOAD = 30_000;
const EXTENDED_DOWNLOAD = 3_600_000;

/** How the storage is reached: keys that cannot be guessed, and the addresses made of them. */
export interface StorageAccess {
  readonly newKey: () => string;
  readonly urlOf: (key: string) => string;
}

/** A file and where to send its content. */
export type UploadLink = FileMetadata & { readonly uploadUrl: string };
/** A file and where to send the parts of its content. */
export type MultiUploadLink = FileMetadata & { readonly uploadId: string; readonly uploadUrls: readonly string[] };

/** Opens a place for a file's content, as `POST /files/uploadlink` does (contract 11.2). */
export function uploadLink(
  state: ProjectState,
  { items }: FileUploadLinkRequest,
  access: StorageAccess,
): { readonly items: readonly UploadLink[] } {
  const expires = nextExpiry(state);
  return {
    items: findOwnersToWrite(state, items, FILE).map(({ owner }) => {
      keepOwner(state, owner, FILE);
      const key = access.newKey();
      state.data.uploadSlots.set(key, { file: owner, expires });
      return { ...fileMetadata(state, owner), uploadUrl: access.urlOf(key) };
    }),
  };
}

/** Opens places for the parts of a file's content, as `POST /files/multiuploadlink` does (contract 11.2). */
export function multiUploadLink(
  state: ProjectState,
  { items }: FileUploadLinkRequest,
  count: number,
  access: StorageAccess,
): { readonly items: readonly MultiUploadLink[] } {
  const expires = nextExpiry(state);
  return {
    items: findOwnersToWrite(state, items, FILE).map(({ owner }) => {
      keepOwner(state, owner, FILE);
      const uploadId = access.newKey();
      state.data.pendingUploads.set(uploadId, { file: owner, expires, parts: new Map() });
      const uploadUrls = Array.from({ length: count }, (_, part) => {
        const key = access.newKey();
        state.data.uploadSlots.set(key, { file: owner, expires, upload: { id: uploadId, part } });
        return access.urlOf(key);
      });
      return { ...fileMetadata(state, owner), uploadId, uploadUrls };
    }),
  };
}

/**
 * Takes what was sent to a place for a content.
 *
 * @throws {@link Fault} 403 for a key that is none, or none any more
 */
export function storeUpload(state: ProjectState, key: string, content: StoredContent): void {
  const slot = state.data.uploadSlots.get(key);
  if (slot === undefined || slot.expires <= state.now() || !isThere(state, slot.file)) throw forbidden();
  if (slot.upload === undefined) {
    setContent(state, slot.file, content);
    return;
  }
  const pending = state.data.pendingUploads.get(slot.upload.id);
  if (pending === undefined) throw forbidden();
  pending.parts.set(slot.upload.part, content);
}

/** Makes the parts that were sent the file's content, as `POST /files/completemultipartupload` does (contract 11.2). */
export function completeUpload(state: ProjectState, request: FileCompleteUploadRequest): object {
  const [{ owner } = { owner: undefined }] = findOwners(state, [request], FILE);
  const pending = state.data.pendingUploads.get(request.uploadId);
  if (pending === undefined || pending.file !== owner) throw badRequest(`Unknown uploadId '${request.uploadId}'.`);
  const parts = [...pending.parts].sort(([a], [b]) => a - b);
  const absent = parts.findIndex(([part], place) => part !== place);
  if (parts.length === 0) throw badRequest("No part was uploaded.");
  if (absent >= 0) throw badRequest(`Part ${absent + 1} was not uploaded.`);
  const small = parts.slice(0, -1).find(([, { bytes }]) => bytes < MIN_PART_SIZE);
  if (small !== undefined) {
    const [part, { bytes }] = small;
    throw badRequest(
      `Part ${part + 1} has ${bytes} bytes. All parts but the last must have at least ${MIN_PART_SIZE}.`,
    );
  }
  state.data.pendingUploads.delete(request.uploadId);
  setContent(state, pending.file, {
    chunks: parts.flatMap(([, { chunks }]) => chunks),
    bytes: parts.reduce((sum, [, { bytes }]) => sum + bytes, 0),
    mimeType: undefined,
  });
  return {};
}

/** Opens places to fetch contents from, as `POST /files/downloadlink` does (contract 11.2). */
export function downloadLinks(
  state: ProjectState,
  { items }: FileDownloadLinkRequest,
  extended: boolean,
  access: StorageAccess,
): { readonly items: readonly FileDownloadLink[] } {
  const now = state.now();
  forget(state.data.downloadSlots, now);
  const found = findOwners(state, items, FILE).map(({ item, owner }) => {
    const content = state.data.contents.get(owner);
    if (content === undefined)
      throw badRequest(`File ${JSON.stringify(idOf(item))} has no content yet: upload it first.`);
    return { item, content };
  });
  return {
    items: found.map(({ item, content }) => {
      const key = access.newKey();
      state.data.downloadSlots.set(key, { content, expires: now + (extended ? EXTENDED_DOWNLOAD : DOWNLOAD) });
      return { ...idOf(item), downloadUrl: access.urlOf(key) };
    }),
  };
}

/**
 * The content at a place to fetch it from.
 *
 * @throws {@link Fault} 403 for a key that is none, or none any more
 */
export function fetchDownload(state: ProjectState, key: string): StoredContent {
  const slot = state.data.downloadSlots.get(key);
  if (slot === undefined || slot.expires <= state.now()) throw forbidden();
  return slot.content;
}

/** When an upload that begins now must be done. Those that were to be done by now are forgotten, with what was sent. */
function nextExpiry(state: ProjectState): number {
  const now = state.now();
  forget(state.data.uploadSlots, now);
  forget(state.data.pendingUploads, now);
  return now + WEEK;
}

function forget(places: Map<string, { readonly expires: number }>, now: number): void {
  for (const [key, { expires }] of places) if (expires <= now) places.delete(key);
}

/** Whether the file is still the one that it was: a node deleted and made again is another. */
function isThere(state: ProjectState, file: Owner): boolean {
  return isNodeOwner(file) ? state.instances.get(file) === file : findOwner(state, { id: file.id }, FILE) === file;
}

function forbidden(): Fault {
  return new Fault(403, "The link is not valid, or not any more.");
}

/** Gives a file its content, and marks its node, if it is one, which users cannot do (contract 11.2). */
function setContent(state: ProjectState, file: Owner, content: StoredContent): void {
  const mimeType = content.mimeType ?? textOf(propertyOf(file, FILE, "mimeType"));
  state.data.contents.set(file, { ...content, mimeType });
  state.data.touched?.add(file);
  if (!isNodeOwner(file)) return;
  const { space, externalId } = file;
  const properties = { isUploaded: true, uploadedTime: new Date(state.now()).toISOString() };
  const source = { type: "container", space: "cdf_cdm", externalId: FILE } as const;
  const items = [{ instanceType: "node", space, externalId, sources: [{ source, properties }] }] as const;
  applyInstances(state, { items }, { system: true });
}

/** What is told of a file beside its content. */
export function fileMetadata(state: ProjectState, file: Owner): FileMetadata {
  const name = textOf(propertyOf(file, "CogniteDescribable", "name")) ?? file.externalId;
  const mimeType = textOf(propertyOf(file, FILE, "mimeType"));
  const directory = textOf(propertyOf(file, FILE, "directory"));
  const uploadedTime = textOf(propertyOf(file, FILE, "uploadedTime"));
  return {
    ...idsOf(file),
    name,
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(directory === undefined ? {} : { directory }),
    uploaded: state.data.contents.has(file),
    ...(uploadedTime === undefined ? {} : { uploadedTime: Date.parse(uploadedTime) }),
    createdTime: file.createdTime,
    lastUpdatedTime: file.lastUpdatedTime,
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
