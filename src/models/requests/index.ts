export {
  containerReference,
  type ItemsRequest,
  instanceExternalId,
  nodeReference,
  propertyId,
  sourceReference,
  spaceId,
  viewReferenceSchema,
} from "./common.js";
export {
  containerCreate,
  containerPartsBody,
  containersIdsBody,
  containersInspectBody,
  containersUpsertBody,
  MAX_INDEXES,
  MAX_PROPERTIES,
  MAX_RECORD_PROPERTIES,
  MAX_REQUIRES,
  MAX_UNIQUENESS,
} from "./container.js";
export { dataModelCreate, dataModelsUpsertBody, MAX_MODEL_VIEWS } from "./data-model.js";
export {
  datapointsDeleteBody,
  datapointsInsertBody,
  datapointsLatestBody,
  datapointsListBody,
} from "./datapoint.js";
export {
  fileCompleteUploadBody,
  fileDownloadLinkBody,
  fileDownloadLinkParameters,
  fileUploadLinkBody,
  multiUploadLinkParameters,
} from "./file.js";
export { filterSchema } from "./filter.js";
export { graphQLBody } from "./graphql.js";
export { instancesInspectBody } from "./inspect.js";
export {
  instancesByIdsBody,
  instancesDeleteBody,
  instancesListBody,
  instancesUpsertBody,
} from "./instance.js";
export { type CheckedRequest, checkRequest, describeIssues, type RequestIssue } from "./issues.js";
export { lazily, type RequestSchema } from "./lazily.js";
export {
  type ContainersListParameters,
  containersListParameters,
  type DataModelsListParameters,
  dataModelsByIdsParameters,
  dataModelsListParameters,
  type ListParameters,
  noParameters,
  spacesListParameters,
  type ViewsListParameters,
  viewsByIdsParameters,
  viewsListParameters,
} from "./parameters.js";
export { instancesQueryBody } from "./query.js";
export { filesListBody, resourcesByIdsBody, timeSeriesListBody } from "./resource-listing.js";
export { instancesAggregateBody, instancesSearchBody } from "./search.js";
export {
  sequenceRowsDeleteBody,
  sequenceRowsInsertBody,
  sequenceRowsLatestBody,
  sequenceRowsListBody,
  sequencesCreateBody,
} from "./sequence.js";
export { choose, dictionary, fields, integer, items, list, text } from "./shapes.js";
export { spaceCreate, spacesIdsBody, spacesUpsertBody } from "./space.js";
export { instancesSyncBody } from "./sync.js";
export { versionedByIdsBody, versionedDeleteBody, viewCreate, viewsUpsertBody } from "./view.js";
