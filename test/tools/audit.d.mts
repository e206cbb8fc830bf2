import type { Bill } from "./bill.js";

/** The part of `npm audit --json` that is read. */
export interface AuditReport {
  readonly vulnerabilities: Readonly<
    Record<
      string,
      {
        readonly name: string;
        readonly severity: string;
        readonly nodes: readonly string[];
        readonly via: readonly (string | { readonly title: string; readonly url: string })[];
      }
    >
  >;
}

export function faultsInside(
  report: AuditReport,
  lock: { readonly packages: Readonly<Record<string, { readonly version?: string }>> },
  bill: Pick<Bill, "components">,
): readonly string[];
