import type { ContractArea } from "./case.js";
import { apply } from "./cases/apply.js";
import { bounds } from "./cases/bounds.js";
import { containers } from "./cases/containers.js";
import { dataModels } from "./cases/data-models.js";
import { datapoints } from "./cases/datapoints.js";
import { files } from "./cases/files.js";
import { graphQL } from "./cases/graphql.js";
import { limits } from "./cases/limits.js";
import { project } from "./cases/project.js";
import { querying } from "./cases/query.js";
import { reads } from "./cases/reads.js";
import { rights } from "./cases/rights.js";
import { searching } from "./cases/search.js";
import { sequences } from "./cases/sequences.js";
import { spaces } from "./cases/spaces.js";
import { syncing } from "./cases/sync.js";
import { unservedCalls } from "./cases/unserved.js";
import { views } from "./cases/views.js";
import { work } from "./cases/work.js";

/** The whole contract, part by part. */
export const areas: readonly ContractArea[] = [
  spaces,
  containers,
  views,
  dataModels,
  apply,
  reads,
  searching,
  querying,
  syncing,
  project,
  limits,
  work,
  rights,
  bounds,
  datapoints,
  files,
  sequences,
  graphQL,
  unservedCalls,
];
