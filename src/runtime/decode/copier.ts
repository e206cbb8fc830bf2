/** Copies an object of no matter what form. */
export type Copy = (row: Record<string, unknown>) => Record<string, unknown>;

/**
 * Engines copy an object fast where one place in the code meets objects of few forms. The rows of a view have one form, so
 * views get places of their own, in turn.
 */
const places: readonly Copy[] = [
  (row) => ({ ...row }),
  (row) => ({ ...row }),
  (row) => ({ ...row }),
  (row) => ({ ...row }),
  (row) => ({ ...row }),
  (row) => ({ ...row }),
  (row) => ({ ...row }),
  (row) => ({ ...row }),
];

let given = 0;

/** The copier for one decoder. */
export function copier(): Copy {
  given += 1;
  return places[given % places.length] as Copy;
}
