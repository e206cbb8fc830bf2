import * as v from "valibot";
import { isRecord } from "../json.js";
import type { ByExternalId, ByInstanceId, ByInternalId } from "../resource-id.js";
import { nodeReference } from "./common.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { fields, integer, text } from "./shapes.js";

/** Most characters of an external id outside of data modeling. */
const MAX_EXTERNAL_ID = 255;

const ids: {
  readonly instanceId: RequestSchema<ByInstanceId>;
  readonly externalId: RequestSchema<ByExternalId>;
  readonly id: RequestSchema<ByInternalId>;
} = {
  instanceId: lazily(() => fields({ instanceId: nodeReference() })),
  externalId: lazily(() => fields({ externalId: text(MAX_EXTERNAL_ID, 1) })),
  id: lazily(() => fields({ id: integer(1, Number.MAX_SAFE_INTEGER) })),
};

/** How a call lets a resource be named. */
export type IdKind = keyof typeof ids;

type IdOf<K extends IdKind> = v.InferOutput<ReturnType<(typeof ids)[K]>>;

/**
 * An object with exactly one of some ids, and the fields of `rest`.
 *
 * @param kinds - the ids that the call takes; others are unexpected fields
 */
export function identified<K extends IdKind, R extends object>(
  kinds: readonly K[],
  rest: v.GenericSchema<unknown, R>,
): v.GenericSchema<unknown, IdOf<K> & R> {
  return v.pipe(
    v.custom<Record<string, unknown>>(isRecord, "must be an object"),
    v.rawTransform(({ dataset, addIssue, NEVER }): IdOf<K> & R => {
      const input = dataset.value;
      const kind = kinds.find((candidate) => (input[candidate] ?? null) !== null);
      const isLeft = ([key, value]: readonly [string, unknown]): boolean =>
        key !== kind && (value !== null || !kinds.some((candidate) => candidate === key));
      const others = Object.fromEntries(Object.entries(input).filter(isLeft));
      const parsed = v.safeParse(rest, others);
      const id = kind && v.safeParse<v.GenericSchema<unknown, IdOf<K>>>(ids[kind](), { [kind]: input[kind] });
      if (id === undefined) addIssue({ message: `must hold one of [${kinds.join(", ")}]` });
      for (const { message, received, expected, path } of [...(parsed.issues ?? []), ...(id?.issues ?? [])]) {
        addIssue({ message, received, ...(expected === null ? {} : { expected }), ...(path ? { path } : {}) });
      }
      return id?.success && parsed.success ? { ...id.output, ...parsed.output } : NEVER;
    }),
  );
}

/** An object that is nothing but one of some ids. */
export function identifier<K extends IdKind>(kinds: readonly K[]): RequestSchema<IdOf<K>> {
  return lazily(() => identified(kinds, fields({})));
}
