import type { NodeReference } from "../../../models/index.js";
import type { StoredInstance } from "../state.js";
import type { RowLayout } from "../stored-row.js";
import type { PackedInstance, PackedLayout, PackedReference, PackedRow } from "./records.js";

/** Makes records of instances; the layouts that their rows name are given once for all. */
export class Packer {
  readonly layouts: PackedLayout[] = [];
  readonly instances: PackedInstance[] = [];
  readonly #numbers = new Map<RowLayout, number>();

  add(instance: StoredInstance): void {
    const rows: PackedRow[] = [];
    for (const row of instance.rows.all()) {
      rows.push([this.#numberOf(row.layout), ...row.cells.map((value) => value ?? null)]);
    }
    this.instances.push([
      instance.instanceType === "node" ? 0 : 1,
      instance.space,
      instance.externalId,
      instance.sequence,
      instance.version,
      instance.createdTime,
      instance.lastUpdatedTime,
      instance.change,
      instance.deletedTime ?? 0,
      packed(instance.type),
      packed(instance.startNode),
      packed(instance.endNode),
      rows,
    ]);
  }

  #numberOf(layout: RowLayout): number {
    const known = this.#numbers.get(layout);
    if (known !== undefined) return known;
    const number = this.layouts.length;
    this.layouts.push([layout.containerKey, ...layout.properties]);
    this.#numbers.set(layout, number);
    return number;
  }
}

function packed(id: NodeReference | undefined): PackedReference {
  return id ? [id.space, id.externalId] : 0;
}
