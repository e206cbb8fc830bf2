export { type ContainerListOptions, ContainersAPI } from "./containers-api.js";
export { type DataModelListOptions, type DataModelRetrieveOptions, DataModelsAPI } from "./data-models-api.js";
export {
  type InstanceIterateOptions,
  type InstanceRetrieveOptions,
  InstancesAPI,
  type Truncatable,
} from "./instances-api.js";
export type { ListOptions, SpaceListOptions } from "./list-options.js";
export { ResourceAPI } from "./resource-api.js";
export { SpacesAPI } from "./spaces-api.js";
export { StatisticsAPI } from "./statistics-api.js";
export { TokenAPI } from "./token-api.js";
export { type ViewListOptions, type ViewRetrieveOptions, ViewsAPI } from "./views-api.js";
