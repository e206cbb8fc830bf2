import { compareText, type IrModel, type IrView } from "../../ir/index.js";
import { formatVersionedId } from "../../models/index.js";
import { change, type ModelChange } from "./change.js";
import { compareViews } from "./compare-views.js";

/**
 * What changed for the generated API between two states of a model. A view of a new version is the same view where its
 * external id is the only one of its space in both. Pure; the order of the result is that of the places.
 *
 * @example
 * ```ts
 * import { compareModels, readModelDocument, resolveModels } from "pygen/codegen";
 *
 * const modelsOf = (value: unknown) => resolveModels({ document: readModelDocument(value) }).map(({ model }) => model);
 * const breaking = compareModels(modelsOf(json), modelsOf(JSON.parse(text))).filter((change) => change.breaking);
 * ```
 */
export function compareModels(before: readonly IrModel[], after: readonly IrModel[]): readonly ModelChange[] {
  const changes: ModelChange[] = [];
  const pairs = paired(before, after);
  for (const [old, next] of pairs) {
    if (!next) changes.push(change(true, "MODEL.REMOVED", formatVersionedId(old.id), "the data model is gone"));
    else changes.push(...renamed("MODEL", "data model", old, next), ...compareMembers(old, next));
  }
  const known = new Set(pairs.map(([, next]) => next));
  for (const model of after) {
    if (!known.has(model))
      changes.push(change(false, "MODEL.ADDED", formatVersionedId(model.id), "the data model is new"));
  }
  return [...new Map(changes.map((each) => [JSON.stringify(each), each])).values()].sort(
    (a, b) => compareText(a.place, b.place) || compareText(a.code, b.code),
  );
}

function compareMembers(before: IrModel, after: IrModel): readonly ModelChange[] {
  const pairs = paired(before.views, after.views);
  const known = new Set(pairs.map(([, next]) => next));
  const newIds = new Map(
    pairs.map(([old, next]) => [formatVersionedId(old.id), next ? formatVersionedId(next.id) : undefined]),
  );
  return [
    ...pairs.flatMap(([old, next]) =>
      next
        ? [...renamed("VIEW", "view", old, next), ...compareViews(old, next, newIds)]
        : [change(true, "VIEW.REMOVED", formatVersionedId(old.id), "the view is gone")],
    ),
    ...after.views
      .filter((view) => !known.has(view))
      .map((view) => change(false, "VIEW.ADDED", formatVersionedId(view.id), "the view is new")),
  ];
}

/** Each old one with what is the same in the new state: of the same id, else the only one that differs in version alone. */
function paired<T extends Pick<IrView, "id">>(
  before: readonly T[],
  after: readonly T[],
): readonly (readonly [T, T | undefined])[] {
  const byId = new Map(after.map((item) => [formatVersionedId(item.id), item]));
  const stems = (items: readonly T[]): ReadonlyMap<string, readonly T[]> => {
    const groups = new Map<string, T[]>();
    for (const item of items) {
      const key = `${item.id.space}/${item.id.externalId}`;
      groups.set(key, [...(groups.get(key) ?? []), item]);
    }
    return groups;
  };
  const [old, next] = [stems(before), stems(after)];
  return before.map((item) => {
    const same = byId.get(formatVersionedId(item.id));
    const key = `${item.id.space}/${item.id.externalId}`;
    const candidates = next.get(key) ?? [];
    return [item, same ?? (old.get(key)?.length === 1 && candidates.length === 1 ? candidates[0] : undefined)];
  });
}

function renamed(
  kind: string,
  name: string,
  before: Pick<IrView, "id">,
  after: Pick<IrView, "id">,
): readonly ModelChange[] {
  if (before.id.version === after.id.version) return [];
  const message = `version ${before.id.version} of the ${name} became ${after.id.version}`;
  return [change(false, `${kind}.VERSION`, formatVersionedId(after.id), message)];
}
