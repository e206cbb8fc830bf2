import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChangeLog } from "../../../src/emulator/engine/change-log.js";

describe("the order of changes", () => {
  it("has each member at its last change, whatever was recorded and forgotten", () => {
    const step = fc.record({ member: fc.nat(4), forget: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(60), (steps, after) => {
        const log = new ChangeLog<{ change: number; readonly sequence: number; readonly name: number }>();
        const members = [0, 1, 2, 3, 4].map((name) => ({ change: 0, sequence: name + 1, name }));
        const expected = new Map<number, number>();
        let last = 0;
        for (const { member, forget } of steps) {
          expected.delete(member);
          if (forget) log.forget(members[member] as never);
          else {
            log.record(members[member] as never);
            last += 1;
            expected.set(member, last);
          }
        }
        expect(log.last).toBe(last);
        expect([...log.after(after)].map(({ name }) => name)).toEqual(
          [...expected].filter(([, change]) => change > after).map(([name]) => name),
        );
      }),
    );
  });
});
