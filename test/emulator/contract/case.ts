import { expect } from "vitest";
import type { EmulatorOptions } from "../../../src/emulator/index.js";
import type { Api, Json } from "./api.js";

/** How the emulator stands to an option of the contract. */
export type Verdict = "supported" | "refused" | "differs";

/** One thing that the contract says, as a test over HTTP and as a part of a row of the table in docs/emulator.md. */
export interface ContractCase {
  /** Method and path below the project, such as `POST /models/spaces`. */
  readonly operation: string;
  /** The field or parameter that it is about. */
  readonly option: string;
  readonly verdict: Verdict;
  /** What is not as in the service. */
  readonly note: string | undefined;
  /** The status of the answer it is about. */
  readonly status: number;
  readonly name: string;
  readonly run: (api: Api) => Promise<void>;
}

/** The cases of one part of the contract, over what `world` puts into a project of their own. */
export interface ContractArea {
  readonly name: string;
  readonly world: (api: Api) => Promise<void>;
  /** Those of an emulator of its own. */
  readonly options?: EmulatorOptions;
  readonly cases: readonly ContractCase[];
}

/** What a case sends: the text of a query for GET, else a body. */
export type Sent = string | Json;

/** Makes the cases of one operation. */
export interface CaseMaker {
  /** The answer is a success and holds at least what is expected. */
  accepts(option: string, name: string, sent: Sent, expected: Json, status?: number): ContractCase;
  /** The answer is an error with these words in its message. */
  refuses(option: string, name: string, sent: Sent, words: string, status?: number): ContractCase;
  /** Anything else: more than one call, or more than a partial look at the answer. */
  check(option: string, name: string, run: (api: Api) => Promise<void>, status?: number): ContractCase;
  /** The same operation where the emulator refuses, or does otherwise than the service. */
  readonly as: (verdict: Verdict, note: string) => CaseMaker;
}

/** Makes cases of an operation, such as `POST /models/spaces`. */
export function casesOf(operation: string, verdict: Verdict = "supported", note?: string): CaseMaker {
  const [method = "", path = ""] = operation.split(" ");
  const made = (option: string, name: string, status: number, run: ContractCase["run"]): ContractCase => ({
    operation,
    option,
    verdict,
    note,
    status,
    name,
    run,
  });
  const send = (api: Api, sent: Sent, documented: boolean) =>
    typeof sent === "string" || method === "GET"
      ? api.get(`${path}${sent}`, documented)
      : api.post(path, sent, documented);
  return {
    accepts: (option, name, sent, expected, status = 200) =>
      made(option, name, status, async (api) => {
        const answer = await send(api, sent, true);
        expect(answer).toMatchObject({ status, body: expected });
      }),
    refuses: (option, name, sent, words, status = 400) =>
      made(option, name, status, async (api) => {
        const answer = await send(api, sent, false);
        expect(answer).toMatchObject({
          status,
          body: { error: { code: status, message: expect.stringContaining(words) } },
        });
      }),
    check: (option, name, run, status = 200) => made(option, name, status, run),
    as: (other, why) => casesOf(operation, other, why),
  };
}
