// All schemas of answers: loaded on first use, by `response-schema.ts`.
export { aggregateResponse } from "./aggregate.js";
export { containerIdsPage, containerPartsPage, containersPage, inspectedContainersPage } from "./container.js";
export { dataModelsPage } from "./data-model.js";
export { aggregatesResponse, datapointsResponse } from "./datapoint.js";
export { fileDownloadLinks, fileMultipartUploadLink, fileUploadLink } from "./file.js";
export { graphQLResponse } from "./graphql.js";
export { inspectedInstancesPage, instanceIdsPage, instancesPage, queryResponse, upsertResponse } from "./instance.js";
export { nothing } from "./nothing.js";
export { sequenceRowsPage } from "./sequence.js";
export { spaceIdsPage, spacesPage } from "./space.js";
export { projectStatistics, spaceStatisticsPage } from "./statistics.js";
export { tokenInspection } from "./token.js";
export { versionedIdsPage, viewsPage } from "./view.js";
