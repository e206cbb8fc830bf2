/** Names a space's resource: a node, an edge, an edge type or a node type (contract 7.1). */
export interface NodeReference {
  readonly space: string;
  readonly externalId: string;
}

/** Names a container (contract 6.1). The `type` tag is required on the wire. */
export interface ContainerReference {
  readonly type: "container";
  readonly space: string;
  readonly externalId: string;
}

/** Names one version of a view (contract 6.1). The `type` tag is required on the wire. */
export interface ViewReference {
  readonly type: "view";
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
}

/** Names a container within the body of a `byids` or `delete` call. */
export interface ContainerId {
  readonly space: string;
  readonly externalId: string;
}

/** Names a view or a data model within the body of a `byids` or `delete` call; without `version` every version is meant. */
export interface VersionedId {
  readonly space: string;
  readonly externalId: string;
  readonly version?: string;
}

/** Names one version of a data model. */
export interface DataModelId {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
}

/** Anything that has the three parts of a view's or data model's id. */
export interface VersionedIdentity {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
}

/** Either kind of source of properties: a view or a container. */
export type SourceReference = ViewReference | ContainerReference;

/**
 * The one-string form of a view's or data model's id: `space/externalId@version`.
 * No part can contain `/` or `@` (contract 3.6), so the form is unambiguous.
 *
 * @example
 * ```ts
 * import { formatVersionedId } from "pygen";
 * formatVersionedId({ space: "wind", externalId: "Turbine", version: "v1" }); // "wind/Turbine@v1"
 * ```
 */
export function formatVersionedId(id: VersionedIdentity): string {
  return `${id.space}/${id.externalId}@${id.version}`;
}

/** The reverse of {@link formatVersionedId}; `undefined` when the text does not have that form. */
export function parseVersionedId(text: string): VersionedIdentity | undefined {
  const match = /^([^/@\s]+)\/([^/@\s]+)@([^/@\s]+)$/.exec(text);
  const [, space, externalId, version] = match ?? [];
  return space !== undefined && externalId !== undefined && version !== undefined
    ? { space, externalId, version }
    : undefined;
}

/** A reference to a view from the parts of its id. */
export function viewReference(id: VersionedIdentity): ViewReference {
  return { type: "view", space: id.space, externalId: id.externalId, version: id.version };
}
