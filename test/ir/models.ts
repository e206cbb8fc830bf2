import type { Diagnostic } from "../../src/errors/index.js";
import {
  type BuiltModel,
  buildIr,
  dataModelsOf,
  type IrModel,
  type IrProperty,
  readModelDocument,
  schemaOf,
} from "../../src/ir/index.js";
import type {
  ContainerReference,
  EdgeConnectionCreate,
  JsonValue,
  PropertyType,
  ReverseDirectRelationCreate,
  UsedFor,
  ViewReference,
} from "../../src/models/index.js";
import { parseJson, writeJson } from "../../src/models/index.js";

/** What tests write of a property: its type, and what differs from the usual. */
export interface PropertyDraft {
  readonly type: PropertyType;
  readonly source?: ViewReference;
  readonly nullable?: boolean;
  readonly immutable?: boolean;
  readonly autoIncrement?: boolean;
  readonly defaultValue?: JsonValue;
  readonly name?: string;
  readonly description?: string;
}

export interface ViewDraft {
  readonly space?: string;
  readonly version?: string;
  readonly name?: string;
  readonly description?: string;
  readonly filter?: object;
  readonly implements?: readonly ViewReference[];
  readonly usedFor?: UsedFor;
  readonly properties?: Readonly<
    Record<string, PropertyDraft | EdgeConnectionCreate | ReverseDirectRelationCreate | { readonly raw: object }>
  >;
}

export const view = (externalId: string, version = "v1", space = "s"): ViewReference => ({
  type: "view",
  space,
  externalId,
  version,
});
export const container = (externalId: string, space = "s"): ContainerReference => ({
  type: "container",
  space,
  externalId,
});
export const text: PropertyDraft = { type: { type: "text" } };
export const direct = (source?: ViewReference, list = false): PropertyDraft => ({
  type: { type: "direct", list },
  ...(source ? { source } : {}),
});
export const reverse = (
  source: ViewReference,
  identifier: string,
  through: ViewReference | ContainerReference = source,
  connectionType: ReverseDirectRelationCreate["connectionType"] = "multi_reverse_direct_relation",
): ReverseDirectRelationCreate => ({ connectionType, source, through: { source: through, identifier } });
export const edges = (source: ViewReference, more: Partial<EdgeConnectionCreate> = {}): EdgeConnectionCreate => ({
  type: { space: "s", externalId: "link" },
  source,
  ...more,
});

/** A model file in create form: each view has a container of its own with the same id. Keys are `View` or `View@version`. */
export function file(views: Readonly<Record<string, ViewDraft>>, members?: readonly ViewReference[]): object {
  const drafts = Object.entries(views).map(([key, draft]) => {
    const [externalId = key, version = draft.version ?? "v1"] = key.split("@");
    return { externalId, version, space: draft.space ?? "s", draft };
  });
  const references = drafts.map(({ externalId, version, space }) => view(externalId, version, space));
  const json = {
    spaces: [{ space: "s" }],
    containers: drafts.flatMap(({ externalId, version, space, draft }) => {
      const stored = Object.entries(draft.properties ?? {}).filter(([, property]) => isDraft(property));
      if (stored.length === 0) return [];
      const properties = Object.fromEntries(
        stored.map(([id, property]) => {
          const { source: _source, name: _name, description: _description, ...rest } = property as PropertyDraft;
          return [id, rest];
        }),
      );
      return [
        {
          space,
          externalId: `${externalId}_${version}`,
          ...(draft.usedFor === undefined ? {} : { usedFor: draft.usedFor }),
          properties,
        },
      ];
    }),
    views: drafts.map(({ externalId, version, space, draft }) => {
      const { usedFor: _usedFor, properties = {}, ...rest } = draft;
      return {
        ...rest,
        space,
        externalId,
        version,
        properties: Object.fromEntries(
          Object.entries(properties).map(([id, property]) => [
            id,
            isDraft(property)
              ? mapped(property, container(`${externalId}_${version}`, space), id)
              : "raw" in property
                ? property.raw
                : property,
          ]),
        ),
      };
    }),
    dataModels: [{ space: "s", externalId: "Model", version: "v1", views: members ?? references }],
  };
  return parseJson(writeJson(json)) as ReturnType<typeof file>;
}

function isDraft(property: object): property is PropertyDraft {
  return "type" in property && typeof property.type === "object" && property.type !== null && "type" in property.type;
}

function mapped(draft: PropertyDraft, of: ContainerReference, containerPropertyIdentifier: string): object {
  const { source, name, description } = draft;
  return { container: of, containerPropertyIdentifier, source, name, description };
}

/** Reads and builds the first data model of a file. */
export function built(json: object): BuiltModel {
  const document = readModelDocument(json);
  const [dataModel] = dataModelsOf(document);
  if (!dataModel) throw new Error("the file has no data model");
  return buildIr(dataModel, schemaOf(document));
}

/** One property of a built model. */
export function property(model: IrModel, viewId: string, id: string): IrProperty | undefined {
  return model.views.find((candidate) => candidate.id.externalId === viewId)?.properties.find((item) => item.id === id);
}

/** Codes and places. */
export function told(diagnostics: readonly Diagnostic[]): readonly string[] {
  return diagnostics.map(({ code, place }) => `${code} ${place}`);
}
