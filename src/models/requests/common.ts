import * as v from "valibot";
import type {
  ContainerReference,
  NodeReference,
  SourceReference,
  VersionedId,
  VersionedIdentity,
  ViewReference,
} from "../reference.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { choose, fields, items, text } from "./shapes.js";

/** What ids of spaces are like. */
export const SPACE: RegExp = /^[a-zA-Z][a-zA-Z0-9_-]{0,41}[a-zA-Z0-9]?$/;
/** What ids of containers, views and data models are like. */
export const EXTERNAL_ID: RegExp = /^[a-zA-Z]([a-zA-Z0-9_]{0,253}[a-zA-Z0-9])?$/;
/** What versions of views and data models are like. */
export const VERSION: RegExp = /^[a-zA-Z0-9]([.a-zA-Z0-9_-]{0,41}[a-zA-Z0-9])?$/;
const PROPERTY = /^[a-zA-Z0-9][a-zA-Z0-9_-]{0,253}[a-zA-Z0-9]?$/;
const ENUM_VALUE = /^[_A-Za-z][_0-9A-Za-z]{0,127}$/;

const RESERVED_SPACES = new Set(["space", "cdf", "dms", "pg3", "shared", "system", "node", "edge"]);
const RESERVED_TYPES = new Set(
  (
    "Query Mutation Subscription String Int32 Int64 Int Float32 Float64 Float Timestamp JSONObject Date Numeric " +
    "Boolean PageInfo File Sequence TimeSeries"
  ).split(" "),
);
const RESERVED_PROPERTIES = new Set(
  (
    "space externalId createdTime lastUpdatedTime deletedTime edge_id node_id project_id property_group seq " +
    "tg_table_name extensions"
  ).split(" "),
);
const RESERVED_ENUM_VALUES = new Set(["true", "false", "null"]);

/** Most resources in one call to create, retrieve or delete (contract 3.4). */
const MAX_ITEMS = 100;

/** Most names and descriptions may hold, in characters (contract 3.3). */
const MAX_NAME = 255;
const MAX_DESCRIPTION = 1024;

function matching(pattern: RegExp): v.GenericSchema<unknown, string> {
  return v.pipe(v.string(), v.regex(pattern, `must match "${pattern.source}"`));
}

function notAmong(
  schema: v.GenericSchema<unknown, string>,
  reserved: ReadonlySet<string>,
): v.GenericSchema<unknown, string> {
  return v.pipe(
    schema,
    v.check(
      (id) => !reserved.has(id),
      (issue) => reservedMessage(issue.input, reserved),
    ),
  );
}

function reservedMessage(id: string, reserved: ReadonlySet<string>): string {
  return `cannot be '${id}': it is one of the reserved values [${[...reserved].join(", ")}]`;
}

/** The id of a space (contract 3.6). */
export const spaceId: RequestSchema<string> = lazily(() => matching(SPACE));
/** The id of a space to create: reserved words are refused. */
export const newSpaceId: RequestSchema<string> = lazily(() => notAmong(spaceId(), RESERVED_SPACES));
/** The id of a container, view or data model. */
export const externalId: RequestSchema<string> = lazily(() => matching(EXTERNAL_ID));
/** The id of a container or view to create: reserved words are refused. */
export const newTypeId: RequestSchema<string> = lazily(() => notAmong(externalId(), RESERVED_TYPES));
/** The version of a view or data model. */
export const version: RequestSchema<string> = lazily(() => matching(VERSION));
/** The id of a property that exists. */
export const propertyId: RequestSchema<string> = lazily(() => matching(PROPERTY));

/** What is wrong with the id of a property to create, if anything. */
export function wrongPropertyId(id: string): string | undefined {
  if (!PROPERTY.test(id)) return `must match "${PROPERTY.source}"`;
  return RESERVED_PROPERTIES.has(id) ? reservedMessage(id, RESERVED_PROPERTIES) : undefined;
}

/** What is wrong with the id of an enum's value, if anything. */
export function wrongEnumValue(id: string): string | undefined {
  if (!ENUM_VALUE.test(id)) return `must match "${ENUM_VALUE.source}"`;
  return RESERVED_ENUM_VALUES.has(id) ? reservedMessage(id, RESERVED_ENUM_VALUES) : undefined;
}

/** What is wrong with the id of a constraint or an index, if anything (contract 3.3). */
export function wrongPartId(id: string): string | undefined {
  return id.length < 1 || id.length > 43 ? "size must be between 1 and 43" : undefined;
}

/** Schemas of the name and description that every resource and property may have. */
export interface LabelSchemas {
  readonly name: v.ExactOptionalSchema<v.GenericSchema<unknown, string>, undefined>;
  readonly description: v.ExactOptionalSchema<v.GenericSchema<unknown, string>, undefined>;
}

/** The name and description that every resource and property may have. */
export function labels(): LabelSchemas {
  return { name: v.exactOptional(text(MAX_NAME)), description: v.exactOptional(text(MAX_DESCRIPTION)) };
}

/** A reference to a container; the `type` tag is required. */
export const containerReference: RequestSchema<ContainerReference> = lazily(() =>
  fields({ type: v.literal("container"), space: spaceId(), externalId: externalId() }),
);

/** A reference to one version of a view; the `type` tag is required. */
export const viewReferenceSchema: RequestSchema<ViewReference> = lazily(() =>
  fields({ type: v.literal("view"), space: spaceId(), externalId: externalId(), version: version() }),
);

/** A reference to a view or a container. */
export const sourceReference: RequestSchema<SourceReference> = lazily(() =>
  choose<SourceReference>((input) => (input["type"] === "container" ? containerReference() : viewReferenceSchema())),
);

/** Names a node: its external id is any text of 1 to 256 characters without NUL (contract 3.6). */
export const nodeReference: RequestSchema<NodeReference> = lazily(() =>
  fields({ space: spaceId(), externalId: instanceExternalId() }),
);

/** The external id of a node or an edge. */
export const instanceExternalId: RequestSchema<string> = lazily(() =>
  v.pipe(
    text(256, 1),
    v.check((id) => !id.includes("\0"), "must not hold the character NUL"),
  ),
);

/** Names a version of a view or data model, or all of them. */
export const versionedId: RequestSchema<VersionedId> = lazily(() =>
  fields({ space: spaceId(), externalId: externalId(), version: v.exactOptional(version()) }),
);

/** Names one version of a view or data model. */
export const versionedIdentity: RequestSchema<VersionedIdentity> = lazily(() =>
  fields({ space: spaceId(), externalId: externalId(), version: version() }),
);

/** The body of a call that takes 1 to 100 items. */
export interface ItemsRequest<T> {
  readonly items: readonly T[];
}

/** The body of a call that takes 1 to 100 of an item. */
export function itemsOf<T>(item: RequestSchema<T>): RequestSchema<ItemsRequest<T>> {
  return lazily(() => fields({ items: items(item(), 1, MAX_ITEMS) }));
}
