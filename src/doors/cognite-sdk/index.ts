// The door `pygen/cognite-sdk`: the client over a CogniteClient.
export type { CogniteAnswer, CogniteClientLike, CogniteRequest } from "./cognite-client.js";
export { type FromCogniteClientOptions, fromCogniteClient } from "./from-cognite-client.js";
