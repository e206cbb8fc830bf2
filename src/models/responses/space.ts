import * as v from "valibot";
import type { Page } from "../page.js";
import type { Space, SpaceId } from "../space.js";
import { pageOf } from "./common.js";
import { type AnswerCheck, answerCheck, once, type SchemaOf } from "./schema.js";

const space: () => SchemaOf<Space> = once(() =>
  v.looseObject({
    space: v.string(),
    name: v.exactOptional(v.string()),
    description: v.exactOptional(v.string()),
    createdTime: v.number(),
    lastUpdatedTime: v.number(),
    isGlobal: v.boolean(),
  }),
);

const spaceId: () => SchemaOf<SpaceId> = once(() => v.looseObject({ space: v.string() }));

/** Answer with spaces (contract 4.1). */
export const spacesPage: AnswerCheck<Page<Space>> = answerCheck(() => pageOf(space));

/** Answer of a delete of spaces. */
export const spaceIdsPage: AnswerCheck<Page<SpaceId>> = answerCheck(() => pageOf(spaceId));
