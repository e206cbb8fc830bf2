import {
  describeViews,
  type IrModel,
  type IrScalar,
  type ModelNames,
  type NamedView,
  nameModels,
} from "../ir/index.js";
import { formatVersionedId, type VersionedIdentity } from "../models/index.js";
import { originOf } from "./origin.js";
import { chosenTypes, type JsonTypes } from "./select/index.js";
import type { Target, TargetModel } from "./target.js";

/** A model of an SDK. */
export interface SdkModel {
  readonly model: IrModel;
  /** A name for a file or folder that no other model has. */
  readonly folder: string;
  /** What it is called in place of its external id. */
  readonly calledLike?: string;
}

/** Models with a target's names and types, and all their views. */
export interface TargetModels<Role extends string> {
  readonly models: readonly TargetModel<Role>[];
  readonly views: readonly NamedView[];
}

/**
 * Attaches a target's names and types to the models of one SDK, and ties relations to the views they lead to.
 *
 * @param models - sorted by id
 * @param whole - a model of the views of all of them
 */
export function targetModels<Role extends string>(
  models: readonly SdkModel[],
  whole: IrModel,
  target: Target<Role>,
  jsonTypes: JsonTypes,
): TargetModels<Role> {
  const named = nameModels(
    models.map(({ model, calledLike }) => ({ id: model.id, ...(calledLike === undefined ? {} : { calledLike }) })),
    whole.views,
    target.naming,
  );
  const [first] = named;
  const views = first ? describeViews(whole, first, target.representation) : [];
  const holders = new Map<string, VersionedIdentity[]>();
  for (const { model } of models) {
    for (const { id } of model.views) {
      const held = holders.get(formatVersionedId(id));
      if (held) held.push(model.id);
      else holders.set(formatVersionedId(id), [model.id]);
    }
  }
  const chosen = chosenTypes(whole, jsonTypes);
  const shared = {
    originOf: (named?: NamedView) => originOf((named && holders.get(formatVersionedId(named.view.id))) ?? []),
    valueType: (property: IrScalar) => chosen.get(property) ?? target.types[property.type],
    ...relationsOf(views),
  };
  return {
    models: models.map(({ model, folder }, index) => {
      const held = new Set(model.views.map(({ id }) => formatVersionedId(id)));
      const names = named[index] as ModelNames<Role>;
      return {
        ...shared,
        origin: originOf([model.id]),
        folder,
        model,
        names,
        views: views.filter(({ view }) => held.has(formatVersionedId(view.id))),
      };
    }),
    views,
  };
}

function relationsOf(views: readonly NamedView[]): Pick<TargetModel, "targetOf" | "edgesOf"> {
  const byId = (instanceType: NamedView["instanceType"]) => {
    const found = new Map(
      views.filter((view) => view.instanceType === instanceType).map((view) => [formatVersionedId(view.view.id), view]),
    );
    return (id: VersionedIdentity | undefined) => id && found.get(formatVersionedId(id));
  };
  const [nodes, edges] = [byId("node"), byId("edge")];
  return { targetOf: ({ target }) => nodes(target), edgesOf: ({ edgeView }) => edges(edgeView) };
}
