import { LRUCache } from "lru-cache";

/** A generated SDK that is kept. */
export interface KeptResult {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** How many warnings there were. */
  readonly warnings: number;
}

/** How often something was counted. */
export interface Count {
  readonly count: number;
  /** Milliseconds until it begins at 0 again. */
  readonly left: number;
}

/** What replicas of a service share, or one keeps by itself. Losing what it holds costs time and nothing else. */
export interface ServiceStore {
  get(key: string): Promise<KeptResult | undefined>;
  set(key: string, result: KeptResult): Promise<void>;
  /** Counts one more, from 0 again after so many milliseconds. */
  count(key: string, milliseconds: number): Promise<Count>;
}

/** Clients that are counted at once; beyond, those that were not seen the longest begin anew. */
const maxCounters = 100_000;

/**
 * A store in memory, which forgets what was not asked for the longest.
 *
 * @param maxBytes - of all results together @defaultValue 64,000,000
 */
export function memoryStore(maxBytes = 64_000_000): ServiceStore {
  const results = new LRUCache<string, KeptResult>({
    maxSize: maxBytes,
    maxEntrySize: Math.ceil(maxBytes / 4),
    sizeCalculation: ({ bytes }, key) => bytes.length + key.length,
  });
  const counters = new LRUCache<string, { count: number }>({ max: maxCounters });
  return {
    get: async (key) => results.get(key),
    set: async (key, result) => {
      results.set(key, result);
    },
    count: async (key, milliseconds) => {
      const counter = counters.get(key) ?? { count: 0 };
      counter.count += 1;
      if (counter.count === 1) counters.set(key, counter, { ttl: milliseconds });
      return { count: counter.count, left: counters.getRemainingTTL(key) };
    },
  };
}
