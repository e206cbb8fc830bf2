import * as v from "valibot";
import type { InstanceInspectOperations } from "../inspect.js";
import type { InstanceId } from "../instance.js";
import type { ItemsRequest } from "./common.js";
import { instanceId, MAX_INSTANCES } from "./instance.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { fields, items } from "./shapes.js";

/** Body of `POST /models/instances/inspect` (contract 7.6). */
export const instancesInspectBody: RequestSchema<
  ItemsRequest<InstanceId> & { readonly inspectionOperations: InstanceInspectOperations }
> = lazily(() => {
  const operation = v.exactOptional(fields({ allVersions: v.exactOptional(v.boolean()) }));
  return fields({
    inspectionOperations: fields({ involvedViews: operation, involvedContainers: operation }),
    items: items(instanceId(), 1, MAX_INSTANCES),
  });
});
