/** What one request may hold. */
export interface PackLimits {
  /** Things, such as series. */
  readonly items: number;
  /** Elements of all things together, such as points. */
  readonly elements: number;
  /** Units of all elements together, such as values of rows. @defaultValue no limit */
  readonly units?: number;
}

/** Some elements of one of the packed things: from the first one on, up to but not including the last one. */
export interface PackedSlice {
  /** Place of the thing. */
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

/** A thing to pack: how many elements it has, and how many units each of them is. */
export interface Packable {
  readonly elements: number;
  /** @defaultValue 1 */
  readonly unitsEach?: number;
}

/**
 * Divides things over as few requests as keep the order: a thing with many elements is cut, small ones share a request.
 * Things without elements are in none. No thing is in a request twice.
 */
export function pack(things: readonly Packable[], limits: PackLimits): PackedSlice[][] {
  const { units: maxUnits = Number.POSITIVE_INFINITY } = limits;
  const requests: PackedSlice[][] = [];
  let current: PackedSlice[] = [];
  let elements = 0;
  let units = 0;
  for (const [item, thing] of things.entries()) {
    const each = thing.unitsEach ?? 1;
    for (let from = 0; from < thing.elements; ) {
      const room = Math.min(limits.elements - elements, Math.floor((maxUnits - units) / each));
      if (current.length === 0 || (room > 0 && current.length < limits.items)) {
        // An element that is too large for any request goes alone, so that the service says so.
        const to = Math.min(thing.elements, from + Math.max(room, 1));
        if (current.length === 0) requests.push(current);
        current.push({ item, from, to });
        elements += to - from;
        units += (to - from) * each;
        from = to;
        if (from === thing.elements) break;
      }
      current = [];
      elements = 0;
      units = 0;
    }
  }
  return requests;
}
