import type { Page } from "../models/index.js";
import type { ResponseSchema } from "../models/responses/index.js";

/** What sets one kind of resource apart from the others. */
export interface ResourceDefinition<Item, Create, Id, DeletedId> {
  /** Below the project, such as `/models/spaces`. */
  readonly path: string;
  readonly items: ResponseSchema<Page<Item>>;
  readonly deletedIds: ResponseSchema<Page<DeletedId>>;
  /** The id as the service takes it: no more fields than these, which it would refuse. */
  readonly wireId: (id: Id | Create | Item) => Readonly<Record<string, string>>;
}
