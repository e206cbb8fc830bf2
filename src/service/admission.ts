import { LRUCache } from "lru-cache";
import type { Identify } from "./access.js";
import type { Call } from "./handlers.js";
import { networkOf } from "./network-of.js";
import { Problem } from "./problem.js";
import type { ServiceStore } from "./store.js";

const minute = 60_000;
/** Addresses that wait at once; beyond, those that were not seen the longest may try again. */
const maxWaiting = 10_000;

/** @throws Problem 401 for who may not use the service, 429 for who asks or tries too often */
export type Admit = (request: Request, call: Call, address: string | undefined) => Promise<void>;

/**
 * Makes what lets requests in. Those of a client are counted, and refusals of who says nothing right by address: keys and tokens
 * that come from one that has too many are not looked at until its minute is over, so that trying them tells nothing.
 */
export function admission(identify: Identify, store: ServiceStore, perMinute: number): Admit {
  const waiting = new LRUCache<string, true>({ max: maxWaiting });
  const tooOften = (left: number): Problem =>
    new Problem(429, "LIMIT.RATE", `There are at most ${perMinute} requests a minute.`, {
      headers: { "retry-after": String(Math.max(1, Math.ceil(left / 1_000))) },
    });
  const countRefusal = async (network: string): Promise<void> => {
    const { count, left } = await store.count(`refused ${network}`, minute);
    if (count >= perMinute) waiting.set(network, true, { ttl: Math.max(1, left) });
  };
  return async (request, call, address) => {
    const network = address === undefined ? undefined : networkOf(address);
    if (network !== undefined && waiting.has(network)) throw tooOften(waiting.getRemainingTTL(network));
    try {
      call.client = await identify(request);
    } catch (error) {
      // Where no address is known, all would wait for one.
      if (network !== undefined && error instanceof Problem && error.status === 401) await countRefusal(network);
      throw error;
    }
    const { count, left } = await store.count(`rate ${call.client ?? network ?? "unknown"}`, minute);
    if (count > perMinute) throw tooOften(left);
  };
}
