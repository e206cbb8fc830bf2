/** A space as one creates it (contract 4.1). */
export interface SpaceCreate {
  readonly space: string;
  readonly name?: string;
  readonly description?: string;
}

/** Facts the service adds to every schema resource. Times are milliseconds since 1970. */
export interface ServerFacts {
  readonly createdTime: number;
  readonly lastUpdatedTime: number;
  readonly isGlobal: boolean;
}

/** A space as the service returns it. */
export interface Space extends SpaceCreate, ServerFacts {}

/** Names a space within the body of a `byids` or `delete` call. */
export interface SpaceId {
  readonly space: string;
}
