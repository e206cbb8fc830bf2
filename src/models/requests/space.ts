import type { SpaceCreate, SpaceId } from "../space.js";
import { type ItemsRequest, itemsOf, labels, newSpaceId, spaceId } from "./common.js";
import { lazily, type RequestSchema } from "./lazily.js";
import { fields } from "./shapes.js";

/** A space to create (contract 4.1). */
export const spaceCreate: RequestSchema<SpaceCreate> = lazily(() => fields({ space: newSpaceId(), ...labels() }));

/** Body of `POST /models/spaces`. */
export const spacesUpsertBody: RequestSchema<ItemsRequest<SpaceCreate>> = itemsOf(spaceCreate);

/** Body of `POST /models/spaces/byids` and `/delete`. */
export const spacesIdsBody: RequestSchema<ItemsRequest<SpaceId>> = itemsOf(lazily(() => fields({ space: spaceId() })));
