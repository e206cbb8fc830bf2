import * as v from "valibot";
import {
  type FileCompleteUploadRequest,
  type FileDownloadLinkRequest,
  type FileUploadLinkRequest,
  MAX_PARTS,
} from "../file.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { identified, identifier } from "./resource-id.js";
import { fields, flag, items } from "./shapes.js";

/** Most files of one call for download links (contract 11.2). */
const MAX_DOWNLOADS = 100;

const uploadId = identifier(["instanceId", "externalId"]);
const fileId = identifier(["instanceId", "externalId", "id"]);

/** Body of `POST /files/uploadlink` and `/files/multiuploadlink` (contract 11.2). */
export const fileUploadLinkBody: RequestSchema<FileUploadLinkRequest> = lazily(() =>
  fields({ items: items(uploadId(), 1, 1) }),
);

/** Parameters of `POST /files/multiuploadlink` (contract 11.2). */
export const multiUploadLinkParameters: RequestSchema<{ readonly parts: number }> = lazily(() => {
  const message = `must be between 1 and ${MAX_PARTS}`;
  return fields({
    parts: v.pipe(
      v.string(),
      v.regex(/^\d{1,3}$/, message),
      v.transform(Number),
      v.minValue(1, message),
      v.maxValue(MAX_PARTS, message),
    ),
  });
});

/** Body of `POST /files/completemultipartupload` (contract 11.2). */
export const fileCompleteUploadBody: RequestSchema<FileCompleteUploadRequest> = lazily(() =>
  identified(["instanceId", "externalId", "id"], fields({ uploadId: v.string() })),
);

/** Parameters of `POST /files/downloadlink` (contract 11.2). */
export const fileDownloadLinkParameters: RequestSchema<{ readonly extendedExpiration?: boolean }> = lazily(() =>
  fields({ extendedExpiration: v.exactOptional(flag()) }),
);

/** Body of `POST /files/downloadlink` (contract 11.2). */
export const fileDownloadLinkBody: RequestSchema<FileDownloadLinkRequest> = lazily(() =>
  fields({ items: items(fileId(), 1, MAX_DOWNLOADS) }),
);
