import type { ReverseDescriptor } from "../../ir/index.js";
import { parseVersionedId, type SourceReference, viewReference } from "../../models/index.js";

/** The view or container whose direct relation a reverse one goes through. */
export function throughSource({ through }: ReverseDescriptor): SourceReference {
  const view = parseVersionedId(through.source);
  if (view) return viewReference(view);
  const [space = "", externalId = ""] = through.source.split("/");
  return { type: "container", space, externalId };
}
