import type { Diagnostic } from "../../errors/index.js";
import type { BuiltModel, IrProperty, IrView } from "../../ir/index.js";
import { formatVersionedId, type VersionedIdentity } from "../../models/index.js";
import { matchesProperty, matchesView } from "./patterns.js";

/** What is left out of an SDK (E54): properties that lead to a view that is left out go with it. */
export interface Exclude {
  /** Views, each as `Turbine`, `wind/Turbine` or `wind/Turbine@v1`. */
  readonly views?: readonly string[];
  /** Spaces, whose views are left out. */
  readonly spaces?: readonly string[];
  /** Properties, each as `Turbine.name`, with any of the forms of a view, or `*.name` for all views. */
  readonly properties?: readonly string[];
}

/**
 * The model without what is excluded, and without what is told of it. Where nothing is left, `IR.NO_VIEWS` is told (E134).
 */
export function withoutExcluded({ model, diagnostics }: BuiltModel, exclude: Exclude): BuiltModel {
  const { views = [], spaces = [], properties = [] } = exclude;
  if (views.length + spaces.length + properties.length === 0) return { model, diagnostics };
  const isExcluded = (id: VersionedIdentity): boolean =>
    spaces.includes(id.space) || views.some((pattern) => matchesView(pattern, id));
  const gone = new Set<string>();
  const kept = model.views.filter(({ id }) => {
    if (isExcluded(id)) gone.add(formatVersionedId(id));
    return !isExcluded(id);
  });
  const reduced = kept.map((view): IrView => {
    const left = view.properties.filter((property) => {
      const out =
        leadsTo(property).some(isExcluded) || properties.some((each) => matchesProperty(each, view.id, property.id));
      if (out) gone.add(`${formatVersionedId(view.id)}.${property.id}`);
      return !out;
    });
    return { ...view, implements: view.implements.filter((id) => !isExcluded(id)), properties: left };
  });
  const told = diagnostics.filter(({ place }) => !isGone(place, gone));
  return {
    model: { ...model, views: reduced },
    diagnostics: reduced.length > 0 ? told : [...told, nothingLeft(model.id)],
  };
}

/** The views that a property leads to or goes through. */
function leadsTo(property: IrProperty): readonly VersionedIdentity[] {
  const ids: VersionedIdentity[] = [];
  if ("target" in property && property.target) ids.push(property.target);
  if (property.kind === "edge" && property.edgeView) ids.push(property.edgeView);
  if (property.kind === "reverse") {
    const { space, externalId, version } = property.through.source;
    if (version !== undefined) ids.push({ space, externalId, version });
  }
  return ids;
}

function isGone(place: string, gone: ReadonlySet<string>): boolean {
  return [...gone].some((id) => place === id || place.startsWith(`${id}.`));
}

function nothingLeft(id: VersionedIdentity): Diagnostic {
  return {
    code: "IR.NO_VIEWS",
    severity: "error",
    place: formatVersionedId(id),
    message: "all views of the data model are excluded",
    hint: "Exclude fewer views or spaces.",
  };
}
