import type { InstanceId } from "../models/index.js";

/** Tells instances apart in maps. No id contains the separator. */
export function instanceKey({ instanceType, space, externalId }: InstanceId): string {
  return `${instanceType}\0${space}\0${externalId}`;
}

/** Answers in the order of what was asked. */
export function inOrderOf<T extends InstanceId>(answers: readonly T[], asked: readonly InstanceId[]): T[] {
  const byKey = new Map(answers.map((answer) => [instanceKey(answer), answer]));
  return asked.flatMap((id) => byKey.get(instanceKey(id)) ?? []);
}
