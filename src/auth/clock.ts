/** A moment, by the clock on the wall and by the one that is never set. */
export interface Moment {
  readonly wall: number;
  readonly steady: number;
}

export function moment(): Moment {
  return { wall: Date.now(), steady: performance.now() };
}

/**
 * Milliseconds since a moment. The clock on the wall may be set back; the steady one may stand still while the machine
 * sleeps: the larger of both never counts too little.
 */
export function millisecondsSince({ wall, steady }: Moment): number {
  return Math.max(Date.now() - wall, performance.now() - steady);
}
