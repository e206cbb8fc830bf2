import * as v from "valibot";
import type { FileFilter, ResourcesByIdsRequest, ResourcesListRequest, TimeSeriesFilter } from "../resource-listing.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { identifier } from "./resource-id.js";
import { fields, integer, items } from "./shapes.js";

/** Most resources that one call names, or lists. */
const MOST = 1000;

const anyId = identifier(["instanceId", "externalId", "id"]);

/** Body of `POST /files/byids` and `/timeseries/byids`. */
export const resourcesByIdsBody: RequestSchema<ResourcesByIdsRequest> = lazily(() =>
  fields({ items: items(anyId(), 1, MOST), ignoreUnknownIds: v.exactOptional(v.boolean()) }),
);

function listBody<F>(filter: v.GenericSchema<unknown, F>): v.GenericSchema<unknown, ResourcesListRequest<F>> {
  return fields({
    filter: v.exactOptional(filter),
    limit: v.exactOptional(integer(1, MOST)),
    cursor: v.exactOptional(v.string()),
  });
}

/** Body of `POST /files/list`. */
export const filesListBody: RequestSchema<ResourcesListRequest<FileFilter>> = lazily(() =>
  listBody<FileFilter>(
    fields({
      name: v.exactOptional(v.string()),
      mimeType: v.exactOptional(v.string()),
      directoryPrefix: v.exactOptional(v.string()),
      uploaded: v.exactOptional(v.boolean()),
    }),
  ),
);

/** Body of `POST /timeseries/list`. */
export const timeSeriesListBody: RequestSchema<ResourcesListRequest<TimeSeriesFilter>> = lazily(() =>
  listBody<TimeSeriesFilter>(
    fields({
      name: v.exactOptional(v.string()),
      unit: v.exactOptional(v.string()),
      isString: v.exactOptional(v.boolean()),
      isStep: v.exactOptional(v.boolean()),
    }),
  ),
);
