import type { Container, ContainerCreate, View, ViewCreate } from "../../models/index.js";
import { formatVersionedId } from "../../models/index.js";
import type { SchemaLookup } from "../inherit.js";

/** Views and containers by id; views in either form. */
export interface Schema extends SchemaLookup {
  readonly view: (id: {
    readonly space: string;
    readonly externalId: string;
    readonly version: string;
  }) => ViewCreate | View | undefined;
}

/** What a schema is made of; a model document is one such. */
export interface SchemaParts {
  readonly views?: readonly (ViewCreate | View)[];
  readonly containers?: readonly (ContainerCreate | Container)[];
}

/** One schema of several documents; where two hold a view or container of one id, the first one counts. */
export function schemaOf(...documents: readonly SchemaParts[]): Schema {
  const views = new Map<string, ViewCreate | View>();
  const containers = new Map<string, ContainerCreate | Container>();
  for (const document of [...documents].reverse()) {
    for (const view of document.views ?? []) views.set(formatVersionedId(view), view);
    for (const container of document.containers ?? []) {
      containers.set(`${container.space}/${container.externalId}`, container);
    }
  }
  return {
    view: (id) => views.get(formatVersionedId(id)),
    container: (id) => containers.get(`${id.space}/${id.externalId}`),
  };
}
