export { containerIdsPage, containersPage } from "./container.js";
export { dataModelsPage } from "./data-model.js";
export { errorEnvelope } from "./error.js";
export { instanceIdsPage, instancesPage, queryResponse, upsertResponse } from "./instance.js";
export type { CheckResult, ResponseSchema } from "./schema.js";
export { spaceIdsPage, spacesPage } from "./space.js";
export { tokenInspection } from "./token.js";
export { versionedIdsPage, viewsPage } from "./view.js";
