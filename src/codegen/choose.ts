import { ModelError } from "../errors/index.js";
import { compareText, type DocumentDataModel } from "../ir/index.js";
import { formatVersionedId } from "../models/index.js";

/** The data models to generate, sorted by id: the one that was asked for, or all. */
export function chooseDataModels(
  dataModels: readonly DocumentDataModel[],
  wanted: string | undefined,
): readonly DocumentDataModel[] {
  const sorted = [...dataModels].sort((a, b) => compareText(formatVersionedId(a), formatVersionedId(b)));
  if (sorted.length === 0) {
    throw new ModelError("MODEL.NOT_FOUND", "the model file has no data model and no views", [], {
      hint: "Give a file with data models or views.",
    });
  }
  if (wanted === undefined) return sorted;
  const matching = sorted.filter((model) => matches(model, wanted));
  const [only] = matching;
  if (only && matching.length === 1) return [only];
  const ids = (only ? matching : sorted).map(formatVersionedId).join(", ");
  throw only
    ? new ModelError("MODEL.AMBIGUOUS", `several data models are called ${wanted}: ${ids}`, [], {
        hint: "Name one as space/externalId@version.",
      })
    : new ModelError("MODEL.NOT_FOUND", `the model file has no data model ${wanted}`, [], { hint: `It has: ${ids}.` });
}

function matches(model: DocumentDataModel, wanted: string): boolean {
  const { space, externalId, version } = model;
  return [formatVersionedId(model), `${space}/${externalId}`, `${externalId}@${version}`, externalId].includes(wanted);
}
