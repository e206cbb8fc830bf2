import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChangeLog } from "../../../src/emulator/engine/change-log.js";

describe("the order of changes", () => {
  it("has each member at its last change, whatever was recorded and forgotten", () => {
    const step = fc.record({ member: fc.nat(4), forget: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.nat(60), (steps, after) => {
        const log = new ChangeLog<{ change: number; readonly name: number }>();
        const members = [0, 1, 2, 3, 4].map((name) => ({ change: 0, name }));
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

  it("clears outdated entries away without losing its place", () => {
    const log = new ChangeLog<{ change: number }>();
    const [first, second] = [{ change: 0 }, { change: 0 }];
    log.record(first);
    for (let count = 0; count < 5000; count++) log.record(second);
    expect([...log.after(0)]).toEqual([first, second]);
    expect([...log.after(1)]).toEqual([second]);
    expect(second.change).toBe(5001);
  });
});
