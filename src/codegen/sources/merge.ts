import type { Diagnostic } from "../../errors/index.js";
import type { ModelDocument } from "../../ir/index.js";
import { formatVersionedId, sameJson } from "../../models/index.js";

/** A document, and where it is from. */
export interface Located {
  readonly path: string;
  readonly document: ModelDocument;
}

/** One document of several. The same thing in two of them is one; two different things of one id are a problem. */
export function mergeDocuments(documents: readonly Located[], problems: Diagnostic[]): ModelDocument {
  const [only] = documents;
  if (only && documents.length === 1) return only.document;
  const all = <T>(
    kind: string,
    idOf: (item: T) => string,
    of: (document: ModelDocument) => readonly T[],
  ): readonly T[] => {
    const found = new Map<string, { readonly item: T; readonly path: string }>();
    for (const { path, document } of documents) {
      for (const item of of(document)) {
        const id = idOf(item);
        const known = found.get(id);
        if (!known) found.set(id, { item, path });
        else if (!sameJson(known.item, item)) {
          const message = `${kind} ${id} is in ${known.path} and in ${path}, and the two differ`;
          problems.push({ code: "MODEL.DUPLICATE", severity: "error", place: id, message, hint: "Keep one of them." });
        }
      }
    }
    return [...found.values()].map(({ item }) => item);
  };
  const instances = documents.flatMap(({ document }) => document.instances ?? []);
  return {
    spaces: all(
      "space",
      ({ space }) => space,
      ({ spaces }) => spaces,
    ),
    containers: all(
      "container",
      ({ space, externalId }) => `${space}/${externalId}`,
      ({ containers }) => containers,
    ),
    views: all("view", formatVersionedId, ({ views }) => views),
    dataModels: all("data model", formatVersionedId, ({ dataModels }) => dataModels),
    ...(instances.length > 0
      ? {
          instances: { nodes: instances.flatMap(({ nodes }) => nodes), edges: instances.flatMap(({ edges }) => edges) },
        }
      : {}),
  };
}
