import { isStatus } from "./status-names.js";
import type { TurbineEdit, TurbineRow } from "./turbines.js";

/** What stands in the fields of the form. */
export interface Fields {
  readonly name: string;
  readonly capacity: string;
  readonly status: string;
  readonly serviceDue: string;
}

/** What is wrong, by field. */
export type Wrong = { readonly [Field in keyof Fields]?: string };

export function fieldsOf(row: TurbineRow): Fields {
  return {
    name: row.name ?? "",
    capacity: row.capacity === null ? "" : String(row.capacity),
    status: row.status ?? "",
    serviceDue: row.serviceDue ?? "",
  };
}

/** The change that the fields ask for, or what is wrong with them. */
export function checkFields(fields: Fields): { readonly edit: TurbineEdit } | { readonly wrong: Wrong } {
  const name = fields.name.trim();
  const capacity = Number(fields.capacity.replace(",", "."));
  const isCapacity = fields.capacity.trim() !== "" && capacity > 0 && capacity <= 30;
  const wrong: Wrong = {
    ...(name === "" && { name: "Give the turbine a name." }),
    ...(!isCapacity && { capacity: "Give a number of megawatts, up to 30." }),
  };
  if (Object.keys(wrong).length > 0) return { wrong };
  return {
    edit: {
      name,
      capacity,
      status: isStatus(fields.status) ? fields.status : null,
      serviceDue: fields.serviceDue || null,
    },
  };
}
