import * as v from "valibot";
import type { DataModel } from "../data-model.js";
import { isRecord } from "../json.js";
import type { Page } from "../page.js";
import type { ViewReference } from "../reference.js";
import type { View } from "../view.js";
import { pageOf, viewReference } from "./common.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";
import { view } from "./view.js";

const member: () => SchemaOf<ViewReference | View> = once(() =>
  v.lazy(
    (value): SchemaOf<ViewReference | View> => (isRecord(value) && value["type"] === "view" ? viewReference() : view()),
  ),
);

const dataModel: () => SchemaOf<DataModel> = once(() =>
  v.looseObject({
    space: v.string(),
    externalId: v.string(),
    version: v.string(),
    name: v.exactOptional(v.string()),
    description: v.exactOptional(v.string()),
    views: v.exactOptional(v.array(member())),
    createdTime: v.number(),
    lastUpdatedTime: v.number(),
    isGlobal: v.boolean(),
  }),
);

/** Answer with data models (contract 6.7). */
export const dataModelsPage: AnswerCheck<Page<DataModel>> = answerCheck(() => pageOf(dataModel));
