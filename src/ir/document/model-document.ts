import type {
  Container,
  ContainerCreate,
  EdgeWrite,
  NodeWrite,
  SpaceCreate,
  View,
  ViewCreate,
  ViewReference,
} from "../../models/index.js";

/** A data model of a document: its views by reference or whole, as the file gave them. */
export interface DocumentDataModel {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
  readonly name?: string;
  readonly description?: string;
  readonly views: readonly (ViewReference | ViewCreate | View)[];
}

/**
 * What a model file holds, in one form for all kinds of files. Views and containers may be as one creates them or as
 * the service returns them; each stands for itself.
 */
export interface ModelDocument {
  readonly spaces: readonly SpaceCreate[];
  readonly containers: readonly (ContainerCreate | Container)[];
  /** Those given inside data models too; a data model's own count for it where two answers differ. */
  readonly views: readonly (ViewCreate | View)[];
  readonly dataModels: readonly DocumentDataModel[];
  readonly instances?: { readonly nodes: readonly NodeWrite[]; readonly edges: readonly EdgeWrite[] };
}
