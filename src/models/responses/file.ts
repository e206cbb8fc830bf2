import * as v from "valibot";
import type { FileDownloadLink, FileMultipartUploadLink, FileUploadLink } from "../file.js";
import { isRecord } from "../json.js";
import type { Page } from "../page.js";
import { nodeReference, pageOf } from "./common.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";

const ids = once(() => ({
  externalId: v.exactOptional(v.string()),
  instanceId: v.exactOptional(nodeReference()),
}));

const metadata = once(() => ({
  id: v.number(),
  ...ids(),
  name: v.exactOptional(v.string()),
  mimeType: v.exactOptional(v.string()),
  directory: v.exactOptional(v.string()),
  uploaded: v.exactOptional(v.boolean()),
  uploadedTime: v.exactOptional(v.number()),
  createdTime: v.exactOptional(v.number()),
  lastUpdatedTime: v.exactOptional(v.number()),
}));

/** One link, bare or as the only item of a list: both are seen (contract 11.2). */
export type OneOrBare<T> = T | { readonly items: readonly [T] };

function oneOrBare<T>(link: SchemaOf<T>): SchemaOf<OneOrBare<T>> {
  const listed = v.looseObject({ items: v.strictTuple([link], "Expected one item") });
  return v.lazy((value): SchemaOf<OneOrBare<T>> => (isRecord(value) && "items" in value ? listed : link));
}

/** Answer of `POST /files/uploadlink` (contract 11.2). */
export const fileUploadLink: AnswerCheck<OneOrBare<FileUploadLink>> = answerCheck(() =>
  oneOrBare<FileUploadLink>(v.looseObject({ ...metadata(), uploadUrl: v.string() })),
);

/** Answer of `POST /files/multiuploadlink` (contract 11.2). */
export const fileMultipartUploadLink: AnswerCheck<OneOrBare<FileMultipartUploadLink>> = answerCheck(() =>
  oneOrBare<FileMultipartUploadLink>(
    v.looseObject({ ...metadata(), uploadId: v.string(), uploadUrls: v.array(v.string()) }),
  ),
);

const downloadLink: () => SchemaOf<FileDownloadLink> = once(() =>
  v.looseObject({ id: v.exactOptional(v.number()), ...ids(), downloadUrl: v.string() }),
);

/** Answer of `POST /files/downloadlink` (contract 11.2). */
export const fileDownloadLinks: AnswerCheck<Page<FileDownloadLink>> = answerCheck(() => pageOf(downloadLink));
