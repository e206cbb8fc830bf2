import type { VersionedIdentity } from "../../models/index.js";
import type { Target } from "../target.js";
import { matchesProperty, matchesView } from "./patterns.js";

/** Names of your own choosing. Where one is not free or reserved, it is changed as any other name is. */
export interface Rename {
  /** Names of views by `Turbine`, `wind/Turbine` or `wind/Turbine@v1`. */
  readonly views?: Readonly<Record<string, string>>;
  /** Names of properties by `Turbine.name`, with any of the forms of a view, or `*.name` for all views. */
  readonly properties?: Readonly<Record<string, string>>;
  /** What the data model is called instead of its external id, where it is the only one. */
  readonly model?: string;
}

/** The same target with the names that were chosen. */
export function withRenames<Role extends string>(target: Target<Role>, { views, properties }: Rename): Target<Role> {
  const [byView, byProperty] = [Object.entries(views ?? {}), Object.entries(properties ?? {})];
  const overrides = {
    view: (id: VersionedIdentity): string | undefined => byView.find(([pattern]) => matchesView(pattern, id))?.[1],
    property: (view: VersionedIdentity, property: string): string | undefined =>
      byProperty.find(([pattern]) => matchesProperty(pattern, view, property))?.[1],
  };
  return { ...target, naming: { ...target.naming, overrides } };
}
