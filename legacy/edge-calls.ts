import type { EdgeDescriptor, ViewDescriptor } from "../src/ir/index.js";
import { formatVersionedId, type NodeReference } from "../src/models/index.js";
import {
  type BoundView,
  type CallOptions,
  toWrite,
  type UntypedArgs,
  type UntypedRow,
  type UntypedViewApi,
} from "../src/runtime/index.js";
import { callOptions, several } from "./arguments.js";
import { type WarningSink, warnOnce } from "./deprecation.js";
import { whereOf } from "./filters.js";
import { handleOf } from "./handle-of.js";
import { LegacyList } from "./legacy-list.js";
import { limitOf } from "./limit.js";
import { ownOf } from "./select.js";

type Id = string | NodeReference;

interface EdgeArgs extends CallOptions {
  readonly from?: Id | readonly Id[];
  readonly to?: Id | readonly Id[];
  readonly limit?: number | null;
}

/** v1's call for the edges of a connection: `turbine.metmastsEdge` (A9). */
export class EdgeCalls {
  readonly #name: string;
  readonly #view: ViewDescriptor;
  readonly #edge: EdgeDescriptor;
  readonly #handle: UntypedViewApi;
  readonly #sink: WarningSink;

  /** @param name - what it is called, as in `turbine.metmastsEdge` */
  constructor(name: string, bound: BoundView, edge: EdgeDescriptor, sink: WarningSink) {
    this.#name = name;
    this.#edge = edge;
    this.#view = bound.scope.registry.edge(edge.edgeSource) ?? anyEdge(edge);
    this.#handle = handleOf(bound, this.#view);
    this.#sink = sink;
  }

  /** Edges of the connection's type; of one that goes inwards, `to` is where they start. */
  async list(args: EdgeArgs = {}): Promise<LegacyList<UntypedRow, UntypedArgs>> {
    warnOnce(
      this.#sink,
      `${this.#name}.list()`,
      "list({ where: { $type, $startNode, $endNode } }) of the handle of the edges' view",
    );
    const { from, to, limit } = args;
    const inwards = this.#edge.direction === "inwards";
    const call = `list() of edges of view ${formatVersionedId(this.#view)}`;
    const rows = await this.#handle.list({
      where: {
        ...whereOf(this.#view, { ...args }, call, ["from", "to", "limit", "signal", "timeout"]),
        $type: { equals: this.#edge.edgeType },
        ...among("$startNode", inwards ? to : from),
        ...among("$endNode", inwards ? from : to),
      },
      select: ownOf(this.#view),
      limit: limitOf(limit),
      ...callOptions(args),
    });
    return new LegacyList(rows, { toWrite: (row) => toWrite<UntypedArgs>(this.#handle, row) });
  }
}

function among(end: "$startNode" | "$endNode", ids: Id | readonly Id[] | undefined): UntypedArgs {
  return ids === undefined ? {} : { [end]: { in: several<Id>(ids) } };
}

/** A view of all edges of a type, which have no properties of their own. */
function anyEdge({ edgeType }: EdgeDescriptor): ViewDescriptor {
  return {
    space: edgeType.space,
    externalId: edgeType.externalId,
    version: "edges",
    instanceType: "edge",
    filter: { equals: { property: ["edge", "type"], value: { ...edgeType } } },
    properties: {},
  };
}
