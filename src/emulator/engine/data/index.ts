export { deleteDatapoints, insertDatapoints, latestDatapoints, listDatapoints } from "./datapoints.js";
export {
  completeUpload,
  downloadLinks,
  fetchDownload,
  multiUploadLink,
  type StorageAccess,
  storeUpload,
  uploadLink,
} from "./files.js";
export { filesByIds, listFiles, listSeries, seriesByIds } from "./listing.js";
export { type DataContainer, findNode } from "./owners.js";
export { createSequences, deleteRows, insertRows, latestRow, listRows } from "./sequences.js";
export type { StoredContent } from "./state.js";
