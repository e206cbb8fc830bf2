import {
  datapointsDeleteBody,
  datapointsInsertBody,
  datapointsLatestBody,
  datapointsListBody,
  fileCompleteUploadBody,
  fileDownloadLinkBody,
  fileDownloadLinkParameters,
  filesListBody,
  fileUploadLinkBody,
  multiUploadLinkParameters,
  noParameters,
  resourcesByIdsBody,
  sequenceRowsDeleteBody,
  sequenceRowsInsertBody,
  sequenceRowsLatestBody,
  sequenceRowsListBody,
  sequencesCreateBody,
  timeSeriesListBody,
} from "../../models/requests/index.js";
import * as data from "../engine/data/index.js";
import { readDatapoints, writeDatapoints } from "./protobuf/index.js";
import { plain, post, type Route } from "./route.js";

function created(route: Route): Route {
  return { ...route, status: 201 };
}

/** The calls for what is kept beside the instances: data points, contents of files, rows of sequences (contract 11). */
export const dataRoutes: readonly Route[] = [
  plain("/timeseries/byids", resourcesByIdsBody, data.seriesByIds),
  plain("/timeseries/list", timeSeriesListBody, data.listSeries),
  { ...plain("/timeseries/data", datapointsInsertBody, data.insertDatapoints), readMessage: readDatapoints },
  { ...plain("/timeseries/data/list", datapointsListBody, data.listDatapoints), writeMessage: writeDatapoints },
  plain("/timeseries/data/latest", datapointsLatestBody, data.latestDatapoints),
  plain("/timeseries/data/delete", datapointsDeleteBody, data.deleteDatapoints),

  plain("/files/byids", resourcesByIdsBody, data.filesByIds),
  plain("/files/list", filesListBody, data.listFiles),
  created(
    post(
      "/files/uploadlink",
      fileUploadLinkBody,
      (state, body, _none, { storage }) => data.uploadLink(state, body, storage),
      noParameters,
    ),
  ),
  created(
    post(
      "/files/multiuploadlink",
      fileUploadLinkBody,
      (state, body, { parts }, { storage }) => data.multiUploadLink(state, body, parts, storage),
      multiUploadLinkParameters,
    ),
  ),
  plain("/files/completemultipartupload", fileCompleteUploadBody, data.completeUpload),
  post(
    "/files/downloadlink",
    fileDownloadLinkBody,
    (state, body, { extendedExpiration = false }, { storage }) =>
      data.downloadLinks(state, body, extendedExpiration, storage),
    fileDownloadLinkParameters,
  ),

  created(plain("/sequences", sequencesCreateBody, data.createSequences)),
  plain("/sequences/data", sequenceRowsInsertBody, data.insertRows),
  plain("/sequences/data/list", sequenceRowsListBody, data.listRows),
  plain("/sequences/data/latest", sequenceRowsLatestBody, data.latestRow),
  plain("/sequences/data/delete", sequenceRowsDeleteBody, data.deleteRows),
];
