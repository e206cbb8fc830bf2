/** What a query asks for; it is checked when it is planned, so untyped callers get the same errors. */
export interface QueryArgs {
  readonly where?: unknown;
  readonly select?: unknown;
  readonly sort?: unknown;
  readonly limit?: unknown;
  readonly pageSize?: unknown;
  readonly targetUnits?: unknown;
}

/** What is read of instances. */
export type SelectArgs = Pick<QueryArgs, "select" | "targetUnits">;
