import * as v from "valibot";
import type { DataModelCreate } from "../data-model.js";
import type { ViewReference } from "../reference.js";
import type { ViewCreate } from "../view.js";
import { externalId, type ItemsRequest, itemsOf, labels, spaceId, version, viewReferenceSchema } from "./common.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { choose, fields, items } from "./shapes.js";
import { viewCreate } from "./view.js";

/** Most views of a data model (contract 3.3). */
export const MAX_MODEL_VIEWS = 100;

const viewOrReference: RequestSchema<ViewReference | ViewCreate> = lazily(() =>
  choose<ViewReference | ViewCreate>((input) => (Object.hasOwn(input, "type") ? viewReferenceSchema() : viewCreate())),
);

/** A data model to create; its views are references or whole (contract 6.7). */
export const dataModelCreate: RequestSchema<DataModelCreate> = lazily(() =>
  fields({
    space: spaceId(),
    externalId: externalId(),
    version: version(),
    ...labels(),
    views: v.exactOptional(items(viewOrReference(), 0, MAX_MODEL_VIEWS)),
  }),
);

/** Body of `POST /models/datamodels`. */
export const dataModelsUpsertBody: RequestSchema<ItemsRequest<DataModelCreate>> = itemsOf(dataModelCreate);
