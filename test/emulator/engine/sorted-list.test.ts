import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SortedList } from "../../../src/emulator/engine/sorted-list.js";

interface Member {
  readonly sequence: number;
}

const compare = (a: number, b: number): number => a - b;
const entry = fc.record({ key: fc.nat(30), sequence: fc.nat(3000) });

/** The obviously right list: all entries, sorted whenever they are looked at. */
class Plain {
  entries: { readonly key: number; readonly member: Member }[] = [];

  sorted(): { readonly key: number; readonly member: Member }[] {
    return [...this.entries].sort((a, b) => a.key - b.key || a.member.sequence - b.member.sequence);
  }

  after(key: number, sequence: number): Member[] {
    return this.sorted()
      .filter((one) => one.key > key || (one.key === key && one.member.sequence > sequence))
      .map(({ member }) => member);
  }
}

describe("a sorted list", () => {
  const run = (steps: readonly { readonly key: number; readonly sequence: number }[], initial: number): void => {
    const list = new SortedList<number, Member>(compare);
    const plain = new Plain();
    const known = new Map<number, { readonly key: number; readonly member: Member }>();
    for (const [index, { key, sequence }] of steps.entries()) {
      const before = known.get(sequence);
      if (before && index >= initial) {
        expect(list.delete(before.key + 1, before.member)).toBe(false);
        expect(list.delete(before.key, before.member)).toBe(true);
        known.delete(sequence);
        plain.entries = plain.entries.filter((one) => one !== before);
      } else if (!before) {
        const added = { key, member: { sequence } };
        known.set(sequence, added);
        plain.entries.push(added);
        list.add(key, added.member);
      }
    }
    const sorted = plain.sorted();
    expect(list.size).toBe(sorted.length);
    expect([...list.all()]).toEqual(sorted.map(({ member }) => member));
    for (const { key, sequence } of steps.slice(0, 20)) {
      const after = plain.after(key, sequence);
      expect([...list.after({ key, sequence })]).toEqual(after);
      expect(list.rank({ key, sequence })).toBe(sorted.length - after.length);
      expect(list.keyBefore({ key, sequence })).toBe(sorted[sorted.length - after.length - 1]?.key);
      const [one = { key: 0, sequence: 0 }] = steps;
      const between = plain.after(one.key, one.sequence).filter((member) => !after.includes(member));
      expect([...list.between(one, { key, sequence })]).toEqual(between);
      expect(list.range(one, { key, sequence })).toEqual(between);
    }
    const filled = new SortedList<number, Member>(compare);
    filled.fill([...plain.entries]);
    expect([...filled.all()]).toEqual(sorted.map(({ member }) => member));
    expect(filled.size).toBe(sorted.length);
  };

  it("holds what was added and not removed, in the order of keys and of creation", () => {
    fc.assert(fc.property(fc.array(entry, { maxLength: 80 }), (steps) => run(steps, 0)));
  });

  it("does so over many chunks", () => {
    const steps = fc.array(entry, { minLength: 2000, maxLength: 3000 });
    fc.assert(
      fc.property(steps, fc.nat(3000), (given, initial) => run(given, initial)),
      { numRuns: 3 },
    );
  });
});
