import { isRecord, writeJson } from "../../models/index.js";
import type { QueryNotice, RequestsProfile } from "../types/explaining.js";
import type { ReadCalls } from "./read-calls.js";

/** A request that was answered. */
interface Logged {
  /** The part of a stage's request that all requests of the stage have in common. */
  readonly of: unknown;
  readonly rows: number;
  readonly time: number;
  readonly notices: readonly QueryNotice[];
}

/** Sends requests on, asks for the service's notices, and keeps what each took. */
export class RequestLog {
  readonly #logged: Logged[] = [];

  /** The same calls, of which it keeps a log. */
  watch(calls: ReadCalls): ReadCalls {
    return {
      list: (request, options) =>
        this.#timed(
          request?.sources,
          () => calls.list({ ...request, debug: {} }, options),
          ({ items }) => items.length,
        ),
      query: (request, options) =>
        this.#timed(
          request.select,
          () => calls.query({ ...request, debug: {} }, options),
          ({ items }) => Object.values(items).reduce((sum, rows) => sum + rows.length, 0),
        ),
      retrieve: (ids, rest, options) =>
        this.#timed(
          rest?.sources,
          () => calls.retrieve(ids, rest, options),
          (found) => found.length,
        ),
    };
  }

  /** What the requests of one stage took. */
  of(part: unknown): RequestsProfile {
    return sum(this.#logged.filter(({ of }) => of === part));
  }

  /** What all requests took. */
  get all(): RequestsProfile {
    return sum(this.#logged);
  }

  async #timed<Answer>(of: unknown, send: () => Promise<Answer>, rowsIn: (answer: Answer) => number): Promise<Answer> {
    const start = performance.now();
    const answer = await send();
    this.#logged.push({ of, rows: rowsIn(answer), time: performance.now() - start, notices: noticesIn(answer) });
    return answer;
  }
}

function sum(logged: readonly Logged[]): RequestsProfile {
  const notices = new Map(logged.flatMap((one) => one.notices.map((notice) => [writeJson(notice), notice])));
  return {
    requests: logged.length,
    rows: logged.reduce((rows, one) => rows + one.rows, 0),
    time: logged.reduce((time, one) => time + one.time, 0),
    notices: [...notices.values()],
  };
}

function noticesIn(answer: unknown): QueryNotice[] {
  const debug = isRecord(answer) ? answer["debug"] : undefined;
  const notices: unknown = isRecord(debug) ? debug["notices"] : undefined;
  return Array.isArray(notices) ? notices.filter(isNotice) : [];
}

function isNotice(value: unknown): value is QueryNotice {
  return isRecord(value) && typeof value["code"] === "string";
}
