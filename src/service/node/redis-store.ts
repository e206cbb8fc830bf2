import { createClient, ErrorReply, RESP_TYPES } from "@redis/client";
import type { Logger } from "../../client/index.js";
import { ConfigError } from "../../errors/index.js";
import { type Count, type KeptResult, memoryStore, type ServiceStore } from "../index.js";

/** A store that replicas share. */
export interface RedisStore extends ServiceStore {
  close(): Promise<void>;
}

/** Seconds that results are kept. */
const kept = 24 * 3_600;
const prefix = "pygen:";

/**
 * Connects to a Redis, of version 7 or later. While it cannot be reached or refuses, results are kept and requests counted in the
 * memory of this process.
 *
 * @param url - `redis://` or `rediss://`, with user and password where needed
 * @throws ConfigError `CONFIG.REDIS` for an address that is none, and when it does not answer at first
 */
export async function redisStore(url: string, logger: Logger | undefined): Promise<RedisStore> {
  let connected = false;
  const client = connection(url, () => connected);
  // Without a listener, a lost connection would end the process; it is made again by itself.
  let reported = false;
  client.on("error", (error: Error) => {
    if (!reported) logger?.warn("redis is not there", { error: error.message });
    reported = true;
  });
  client.on("ready", () => {
    reported = false;
  });
  try {
    await client.connect();
    connected = true;
  } catch (error) {
    client.destroy();
    throw new ConfigError("CONFIG.REDIS", "The Redis of REDIS_URL does not answer.", { cause: error });
  }
  const binary = client.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
  const own = memoryStore();
  const orElse = async <T>(call: Promise<T>, instead: () => Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      const fields = { error: error instanceof Error ? error.message : "" };
      // That it is away is told once; why it refuses, such as for want of memory or rights, only it knows.
      if (error instanceof ErrorReply) logger?.warn("redis refused", fields);
      else logger?.debug("redis did not answer", fields);
      return instead();
    }
  };
  const expiration = { type: "EX", value: kept } as const;
  return {
    get: (key) => orElse(binary.get(`${prefix}result:${key}`).then(decode), () => own.get(key)),
    set: (key, result) =>
      orElse(
        client.set(`${prefix}result:${key}`, encode(result), { expiration }).then(() => {}),
        () => own.set(key, result),
      ),
    count: (key, milliseconds) =>
      orElse(counted(`${prefix}count:${key}`, milliseconds), () => own.count(key, milliseconds)),
    close: async () => {
      await client.close();
    },
  };

  async function counted(key: string, milliseconds: number): Promise<Count> {
    const [count, , left] = await client.multi().incr(key).pExpire(key, milliseconds, "NX").pTTL(key).execTyped();
    return { count: Number(count), left: Number(left) };
  }
}

function connection(url: string, connected: () => boolean) {
  // One that was never there may be the wrong address; one that was there comes back.
  const reconnectStrategy = (tries: number) => (tries > 3 && !connected() ? false : Math.min(100 * 2 ** tries, 5_000));
  const socket = { connectTimeout: 3_000, reconnectStrategy };
  try {
    return createClient({ url, disableOfflineQueue: true, commandOptions: { timeout: 1_000 }, socket });
  } catch (error) {
    throw new ConfigError("CONFIG.REDIS", "REDIS_URL is not the address of a Redis.", { cause: error });
  }
}

/** Warnings, 4 bytes, then the result. */
function encode({ bytes, warnings }: KeptResult): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(warnings);
  return Buffer.concat([head, bytes]);
}

function decode(stored: Buffer | null): KeptResult | undefined {
  if (stored === null || stored.length < 4) return undefined;
  return { warnings: stored.readUInt32BE(), bytes: new Uint8Array(stored.subarray(4)) };
}
