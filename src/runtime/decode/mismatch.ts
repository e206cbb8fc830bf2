import type { PygenClient } from "../../client/index.js";
import { type ErrorDetails, ResponseError } from "../../errors/index.js";
import type { NodeReference } from "../../models/index.js";
import { isReference } from "../identity.js";
import { kindOf } from "../problems.js";

/** Meets a property of an instance that is not as promised. */
export type OnMismatch = (property: string, error: () => ResponseError) => void;

/** Throws. */
export const refuse: OnMismatch = (_property, error) => {
  throw error();
};

/** So many are told one by one. */
const mostTold = 20;

/** What was met: the first of it, how much in all, and of which properties. */
export interface Met {
  readonly first: (() => ResponseError)[];
  readonly properties: Set<string>;
  count: number;
}

export const noneMet = (): Met => ({ first: [], properties: new Set(), count: 0 });

/**
 * What one call meets that is not as promised. Values are passed on as they are; once a page is decoded, all of its
 * mismatches are thrown or logged as one, as the client's option `validation` says: in a log once for each property.
 */
export class Mismatches {
  readonly #client: PygenClient;
  readonly #logged = new Set<string>();
  /** Where it goes. Pages that are decoded by turns have each their own. */
  met: Met = noneMet();

  constructor(client: PygenClient) {
    this.#client = client;
  }

  readonly on: OnMismatch = (property, error) => {
    const { met } = this;
    met.properties.add(property);
    met.count += 1;
    if (met.count <= mostTold) met.first.push(error);
  };

  /** Passes on what was decoded, unless it is to be refused. */
  checked<Decoded>(decoded: Decoded): Decoded {
    const { first, properties, count } = this.met;
    this.met = noneMet();
    const before = this.#logged.size;
    for (const property of properties) this.#logged.add(property);
    if (this.#logged.size > before) this.#client.http.mismatch(() => asOne(first, count));
    return decoded;
  }
}

function asOne(first: readonly (() => ResponseError)[], count: number): ResponseError {
  const errors = first.map((error) => error());
  const [one] = errors as [ResponseError];
  if (count === 1) return one;
  const more = count > errors.length ? [`and ${count - errors.length} more.`] : [];
  const lines = [`${count} values are not as their views say:`, ...errors.map(({ message }) => message), ...more];
  const mismatched = errors.flatMap((error) => error.mismatched ?? []);
  return new ResponseError(one.code, lines.join("\n"), { hint: one.hint, mismatched });
}

/** `'name' of instance 'T1' in space 'data'` */
export function placeOf(name: string, { space, externalId }: NodeReference): string {
  return `'${name}' of instance '${externalId}' in space '${space}'`;
}

/** What errors about a value carry. */
export function mismatchAt(path: string, { space, externalId }: NodeReference): Pick<ErrorDetails, "mismatched"> {
  return { mismatched: [{ space, externalId, path }] };
}

/** A value of another type than its view says. */
export function wrongValue(path: string, instance: NodeReference, expected: string, value: unknown): ResponseError {
  const found = typeof value === "string" ? "another text" : kindOf(value);
  return new ResponseError("RESPONSE.VALUE", `${placeOf(path, instance)} must be ${expected}, got ${found}.`, {
    hint: "Has the view changed since the code was generated? Then generate it anew.",
    ...mismatchAt(path, instance),
  });
}

/** Without its identity, nothing can be said or done about an instance. */
export function checkIdentity(instance: unknown): void {
  if (isReference(instance)) return;
  throw new ResponseError(
    "RESPONSE.VALUE",
    `An instance of the answer has no space and external id: ${kindOf(instance)}.`,
  );
}
