import type { ReactNode } from "react";
import { statusName } from "./status-names.js";
import type { TurbineRow } from "./turbines.js";

/** Tells that somebody else changed the turbine, to what, and lets choose. */
export function ConflictNotice(props: {
  readonly newer: TurbineRow;
  readonly onTheirs: () => void;
  readonly onMine: () => void;
}): ReactNode {
  const { name, capacity, status, serviceDue } = props.newer;
  return (
    <section className="problem conflict" role="alert">
      <h3>Somebody else changed this turbine meanwhile</h3>
      <p>
        It is now: {name}, {capacity ?? "–"} MW, status {statusName(status).toLowerCase()}
        {serviceDue ? `, service due ${serviceDue}` : ""}.
      </p>
      <p className="actions">
        <button type="button" className="quiet" onClick={props.onTheirs}>
          Take theirs
        </button>
        <button type="button" onClick={props.onMine}>
          Save mine
        </button>
      </p>
    </section>
  );
}
