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

/** A data model of a document: its views by reference, whichever way the file gave them. */
export interface DocumentDataModel {
  readonly space: string;
  readonly externalId: string;
  readonly version: string;
  readonly name?: string;
  readonly description?: string;
  readonly views: readonly ViewReference[];
}

/**
 * What a model file holds, in one form for all kinds of files. Views and containers may be as one creates them or as
 * the service returns them; each stands for itself.
 */
export interface ModelDocument {
  readonly spaces: readonly SpaceCreate[];
  readonly containers: readonly (ContainerCreate | Container)[];
  readonly views: readonly (ViewCreate | View)[];
  readonly dataModels: readonly DocumentDataModel[];
  readonly instances?: { readonly nodes: readonly NodeWrite[]; readonly edges: readonly EdgeWrite[] };
}
