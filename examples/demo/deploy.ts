import type { PygenClient } from "pygen";
import type { DemoModel } from "./model-source.js";

/** How many of each kind were deployed. */
export interface Deployed {
  readonly spaces: number;
  readonly containers: number;
  readonly views: number;
  readonly dataModels: number;
  readonly nodes: number;
  readonly edges: number;
}

/** Sends the schema of a model to the service, then its instances. */
export async function deploy(client: PygenClient, { deploy: document }: DemoModel): Promise<Deployed> {
  const { spaces, containers, views, dataModels, instances } = document;
  const nodes = instances?.nodes ?? [];
  const edges = instances?.edges ?? [];
  if (spaces.length > 0) await client.spaces.create(spaces);
  if (containers.length > 0) await client.containers.create(containers);
  if (views.length > 0) await client.views.create(views);
  if (dataModels.length > 0) await client.dataModels.create(dataModels);
  if (nodes.length > 0) await client.instances.upsert(nodes);
  if (edges.length > 0) {
    await client.instances.upsert(edges, { autoCreateStartNodes: true, autoCreateEndNodes: true });
  }
  return {
    spaces: spaces.length,
    containers: containers.length,
    views: views.length,
    dataModels: dataModels.length,
    nodes: nodes.length,
    edges: edges.length,
  };
}
