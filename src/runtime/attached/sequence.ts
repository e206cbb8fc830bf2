import { type SequenceLatestArgs, type SequenceRowsArgs, SequencesAPI } from "../../client/index.js";
import type { ViewDescriptor } from "../../ir/index.js";
import type { ByExternalId, SequenceRow, SequenceRows } from "../../models/index.js";
import type { HandleContext } from "../handle-context.js";
import { callOptions } from "../operations/call-options.js";
import type { SequenceContent } from "../types/attached.js";
import type { CallOptions } from "../types/call.js";
import { type Attached, type AttachedTo, attachedIds, nothingThere } from "./references.js";

/** The rows of the sequence that a handle's call is about. */
export async function openSequence(
  context: HandleContext,
  view: ViewDescriptor,
  of: unknown,
  property: string | undefined,
): Promise<SequenceContent> {
  return new OneSequence(context, { view, of, property });
}

class OneSequence implements SequenceContent {
  readonly #api: SequencesAPI;
  readonly #to: AttachedTo;
  readonly #id: ByExternalId | undefined;

  constructor(context: HandleContext, to: AttachedTo) {
    this.#api = new SequencesAPI(context.client);
    this.#to = to;
    this.#id = named(attachedIds(context, to, "sequence")[0]);
  }

  async retrieve(args: SequenceRowsArgs & CallOptions = {}): Promise<SequenceRows | undefined> {
    return this.#id && this.#api.retrieve(this.#id, args, callOptions(args));
  }

  async *iterate(args: SequenceRowsArgs & CallOptions = {}): AsyncGenerator<SequenceRow> {
    if (this.#id) yield* this.#api.iterate(this.#id, args, callOptions(args));
  }

  async latest(args: SequenceLatestArgs & CallOptions = {}): Promise<SequenceRows | undefined> {
    return this.#id && this.#api.latest(this.#id, args, callOptions(args));
  }

  async insert(columns: readonly string[], rows: readonly SequenceRow[], options: CallOptions = {}): Promise<void> {
    await this.#api.insert([{ ...this.#there, columns, rows }], callOptions(options));
  }

  async delete(rows: readonly number[], options: CallOptions = {}): Promise<void> {
    await this.#api.delete([{ ...this.#there, rows }], callOptions(options));
  }

  get #there(): ByExternalId {
    return this.#id ?? nothingThere(this.#to);
  }
}

/** Sequences are no nodes: only properties name them. */
function named(id: Attached | undefined): ByExternalId | undefined {
  return id?.externalId === undefined ? undefined : { externalId: id.externalId };
}
