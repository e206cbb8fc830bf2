import { QueryError } from "../../errors/index.js";
import type { ReverseDescriptor } from "../../ir/index.js";
import { parseVersionedId, type SourceReference, viewReference } from "../../models/index.js";
import { throughSource } from "../plan/through-source.js";
import { type Place, placeText } from "../problems.js";
import { propertyById } from "../property-by-id.js";
import type { WriteContext } from "./context.js";
import type { InstanceDraft } from "./drafts.js";
import { elementsOf } from "./elements.js";

/**
 * Writes nodes whose direct relation points at the draft: each gets that relation set, and nothing is taken away from
 * others.
 */
export function writeReverse(
  context: WriteContext,
  draft: InstanceDraft,
  place: Place,
  property: ReverseDescriptor,
  value: unknown,
): void {
  const { through, source } = property;
  if (through.list) {
    throw new QueryError(
      "QUERY.NOT_WRITABLE",
      `${placeText(place)} goes through a list, which a write would overwrite.`,
      {
        hint: `Write the whole list '${through.property}' of the nodes of ${source ?? through.source} instead.`,
      },
    );
  }
  const via = writeSource(context, property);
  for (const element of elementsOf(place, value, property.single !== true)) {
    const id = context.node(element, place, source);
    const child = context.drafts.of(id);
    child.set(via, through.property, { ...draft.id });
    context.placeAfter(child);
  }
}

/** The view that nodes are read through, where it has the relation: so a nested node is written through one view. */
function writeSource({ registry }: WriteContext, property: ReverseDescriptor): SourceReference {
  const target = registry.node(property.source);
  const named = parseVersionedId(property.through.source);
  const fromView = named !== undefined;
  if (fromView && target && propertyById(target, property.through.property)?.type === "direct") {
    return viewReference(target);
  }
  return throughSource(property);
}
