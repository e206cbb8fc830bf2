import * as v from "valibot";
import type { UsedFor } from "../container.js";
import { spaceId } from "./common.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { fields, flag, items } from "./shapes.js";

/** Resources in one page when `limit` is left out, and at most (contract 3.4). */
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 1000;

/** What any list of schema resources is asked with. */
export interface ListParameters {
  readonly limit: number;
  readonly cursor?: string;
  readonly includeGlobal: boolean;
}

/** Query parameters of `GET /models/containers`. */
export interface ContainersListParameters extends ListParameters {
  readonly space?: string;
  readonly usedFor?: readonly UsedFor[];
}

/** Query parameters of `GET /models/views`. */
export interface ViewsListParameters extends ListParameters {
  readonly space?: string;
  readonly allVersions: boolean;
  readonly includeInheritedProperties: boolean;
}

/** Query parameters of `GET /models/datamodels`. */
export interface DataModelsListParameters extends ListParameters {
  readonly space?: string;
  readonly allVersions: boolean;
  readonly inlineViews: boolean;
}

function limit() {
  const message = `must be between 1 and ${MAX_LIMIT}`;
  return v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,9}$/, message),
      v.transform(Number),
      v.minValue(1, message),
      v.maxValue(MAX_LIMIT, message),
    ),
    String(DEFAULT_LIMIT),
  );
}

function paging() {
  return { limit: limit(), cursor: v.exactOptional(v.string()), includeGlobal: v.optional(flag(), "false") } as const;
}

/** Query parameters of `GET /models/spaces`. */
export const spacesListParameters: RequestSchema<ListParameters> = lazily(() => fields(paging()));

/** Query parameters of `GET /models/containers`; `usedFor` is a list. */
export const containersListParameters: RequestSchema<ContainersListParameters> = lazily(() =>
  fields({
    ...paging(),
    space: v.exactOptional(spaceId()),
    usedFor: v.exactOptional(items<UsedFor>(v.picklist(["node", "edge", "all", "record"]), 1, 4)),
  }),
);

/** Query parameters of `GET /models/views`. */
export const viewsListParameters: RequestSchema<ViewsListParameters> = lazily(() =>
  fields({
    ...paging(),
    space: v.exactOptional(spaceId()),
    allVersions: v.optional(flag(), "false"),
    includeInheritedProperties: v.optional(flag(), "true"),
  }),
);

/** Query parameters of `GET /models/datamodels`. */
export const dataModelsListParameters: RequestSchema<DataModelsListParameters> = lazily(() =>
  fields({
    ...paging(),
    space: v.exactOptional(spaceId()),
    allVersions: v.optional(flag(), "false"),
    inlineViews: v.optional(flag(), "false"),
  }),
);

/** Query parameters of `POST /models/views/byids`. */
export const viewsByIdsParameters: RequestSchema<Pick<ViewsListParameters, "includeInheritedProperties">> = lazily(() =>
  fields({ includeInheritedProperties: v.optional(flag(), "true") }),
);

/** Query parameters of `POST /models/datamodels/byids`. */
export const dataModelsByIdsParameters: RequestSchema<Pick<DataModelsListParameters, "inlineViews">> = lazily(() =>
  fields({ inlineViews: v.optional(flag(), "false") }),
);

/** Query parameters of a call that has none. */
export const noParameters: RequestSchema<Readonly<Record<never, never>>> = lazily(() => fields({}));
