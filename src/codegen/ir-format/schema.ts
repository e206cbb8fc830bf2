import * as v from "valibot";

const text = v.string("must be a text");
const flag = v.boolean("must be true or false");

const viewId = v.pipe(
  v.strictObject({ space: text, externalId: text, version: text }),
  v.description("The id of a view or a data model."),
);
const node = v.pipe(
  v.strictObject({ space: text, externalId: text }),
  v.description("Names a node, such as the type of edges."),
);

const labels = { name: v.exactOptional(text), description: v.exactOptional(text) };

const base = {
  id: v.pipe(text, v.description("CDF's id of the property: what goes over the wire.")),
  ...labels,
  declaredBy: v.pipe(
    viewId,
    v.description("The view that declares it; another one than the view it is on where it is inherited."),
  ),
};

const stored = {
  ...base,
  list: v.pipe(flag, v.description("Whether it holds a list of values.")),
  nullable: flag,
  immutable: v.pipe(flag, v.description("May be set once and never changed.")),
  hasDefault: v.pipe(flag, v.description("The service fills it in when it is left out.")),
  defaultValue: v.exactOptional(v.pipe(v.unknown(), v.description("Any JSON value."))),
  readOnly: v.pipe(flag, v.description("The service computes it; writes are refused.")),
};

const scalarKinds = [
  ...["text", "boolean", "int32", "int64", "float32", "float64", "timestamp", "date", "json"],
  ...["timeseries", "file", "sequence", "enum"],
] as const;

const scalar = v.strictObject({
  kind: v.literal("scalar"),
  ...stored,
  type: v.picklist(scalarKinds),
  unit: v.exactOptional(v.pipe(text, v.description("External id of the unit, of float32 and float64."))),
  values: v.exactOptional(
    v.pipe(v.array(v.strictObject({ value: text, ...labels })), v.description("The values of an enum.")),
  ),
});
const direct = v.strictObject({
  kind: v.literal("direct"),
  ...stored,
  target: v.exactOptional(v.pipe(viewId, v.description("A view of the model; left out, any node."))),
});
const reverse = v.strictObject({
  kind: v.literal("reverse"),
  ...base,
  single: v.pipe(flag, v.description("Whether there is one node at most.")),
  target: v.exactOptional(viewId),
  through: v.pipe(
    v.strictObject({
      source: v.pipe(
        v.strictObject({ space: text, externalId: text, version: v.exactOptional(text) }),
        v.description("A view, with a version, or a container, without one."),
      ),
      property: text,
      list: flag,
    }),
    v.description("The direct relation that points here."),
  ),
});
const edge = v.strictObject({
  kind: v.literal("edge"),
  ...base,
  single: flag,
  edgeType: node,
  direction: v.picklist(["outwards", "inwards"]),
  target: v.exactOptional(viewId),
  edgeView: v.exactOptional(v.pipe(viewId, v.description("The view of the model with the edges' own properties."))),
});

const view = v.strictObject({
  id: viewId,
  ...labels,
  usedFor: v.pipe(v.picklist(["node", "edge", "all"]), v.description("Which instances are read through it.")),
  writable: v.pipe(flag, v.description("Whether instances can be created through it.")),
  implements: v.pipe(
    v.array(viewId),
    v.description("Views of the model that it implements, directly or not, nearest first."),
  ),
  filter: v.exactOptional(v.pipe(v.record(text, v.unknown()), v.description("A filter, as the service takes it."))),
  nodeType: v.exactOptional(v.pipe(node, v.description("The type that new nodes get."))),
  resource: v.exactOptional(
    v.pipe(
      v.picklist(["timeseries", "file"]),
      v.description("Its nodes are time series or files of the core model, which have data points or contents beside."),
    ),
  ),
  properties: v.pipe(
    v.array(v.variant("kind", [scalar, direct, reverse, edge])),
    v.description("Inherited ones first, view by view in the order of `implements`; those of one view by id."),
  ),
});

/** The format of the intermediate representation, version 1. */
export const irSchema: v.GenericSchema = v.strictObject({
  irVersion: v.literal(1, "must be 1: another version of pygen wrote this"),
  id: viewId,
  ...labels,
  views: v.pipe(v.array(view), v.description("Sorted by space, external id and version.")),
});
