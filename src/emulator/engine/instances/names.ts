import type {
  ContainerId,
  InstanceType,
  NodeReference,
  SourceReference,
  VersionedIdentity,
} from "../../../models/index.js";

/** A container in messages: `space:Container`. */
export function containerName(id: ContainerId): string {
  return `${id.space}:${id.externalId}`;
}

/** A view in messages: `space:View/version`. */
export function viewName(id: VersionedIdentity): string {
  return `${id.space}:${id.externalId}/${id.version}`;
}

/** A source in messages: `view space:View/version` or `container space:Container`. */
export function sourceName(source: SourceReference): string {
  return source.type === "view" ? `view ${viewName(source)}` : `container ${containerName(source)}`;
}

/** An instance in messages: `node 'space:externalId'`. */
export function instanceName(id: NodeReference & { readonly instanceType: InstanceType }): string {
  return `${id.instanceType} '${id.space}:${id.externalId}'`;
}
