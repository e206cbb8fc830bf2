import type { InstanceId } from "../models/index.js";

/** Instances of one request or page at most (contract 3.4). */
export const requestSize = 1_000;

/** An id without anything else, which the service would refuse. */
export function instanceIdOf({ instanceType, space, externalId }: InstanceId): InstanceId {
  return { instanceType, space, externalId };
}

/** Tells instances apart in maps. No id contains the separator. */
export function instanceKey({ instanceType, space, externalId }: InstanceId): string {
  return `${instanceType}\0${space}\0${externalId}`;
}

/** Answers in the order of what was asked. */
export function inOrderOf<T extends InstanceId>(answers: readonly T[], asked: readonly InstanceId[]): T[] {
  const byKey = new Map(answers.map((answer) => [instanceKey(answer), answer]));
  return asked.flatMap((id) => byKey.get(instanceKey(id)) ?? []);
}
