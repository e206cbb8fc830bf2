import { type ReactNode, useCallback, useState } from "react";
import { FilterBar } from "./filter-bar.js";
import { ProblemNotice } from "./problem-notice.js";
import { statusName } from "./status-names.js";
import { TurbineDialog } from "./turbine-dialog.js";
import { type Filter, listTurbines, type TurbineRow, type Wind } from "./turbines.js";
import { type Rows, useRows } from "./use-rows.js";
import { useSettled } from "./use-settled.js";

const everything: Filter = { name: "", status: "", minCapacity: 0 };

/** The turbines, found by a filter and read as far as one looks. */
export function TurbineList({ wind, onSignIn }: { readonly wind: Wind; readonly onSignIn: () => void }): ReactNode {
  const [filter, setFilter] = useState(everything);
  const [edited, setEdited] = useState<TurbineRow>();
  const settled = useSettled(filter);
  const list = useRows(useCallback((signal) => listTurbines(wind, settled, signal), [wind, settled]));
  const onSaved = (row: TurbineRow): void => {
    list.replace(({ externalId }) => externalId === row.externalId, row);
  };
  return (
    <>
      <FilterBar filter={filter} onChange={setFilter} />
      {list.rows.length > 0 && <TurbineTable rows={list.rows} isBusy={list.phase === "loading"} onEdit={setEdited} />}
      {list.phase === "failed" ? (
        <ProblemNotice error={list.error} onRetry={list.again} onSignIn={onSignIn} />
      ) : (
        <Foot list={list} onClear={() => setFilter(everything)} />
      )}
      {edited && (
        <TurbineDialog
          key={edited.externalId}
          wind={wind}
          turbine={edited}
          onSaved={onSaved}
          onClose={() => setEdited(undefined)}
          onSignIn={onSignIn}
        />
      )}
    </>
  );
}

function TurbineTable(props: {
  readonly rows: readonly TurbineRow[];
  readonly isBusy: boolean;
  readonly onEdit: (row: TurbineRow) => void;
}): ReactNode {
  return (
    <div className="table" aria-busy={props.isBusy}>
      <table>
        <caption>Turbines</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="wide">
              Farm
            </th>
            <th scope="col">Status</th>
            <th scope="col" className="number">
              Capacity
            </th>
            <th scope="col" className="number wide">
              Hub height
            </th>
            <th scope="col" className="wide">
              Service due
            </th>
            <th scope="col">
              <span className="unseen">Action</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.externalId}>
              <th scope="row">{row.name ?? row.externalId}</th>
              <td className="wide">{row.farm?.name ?? "–"}</td>
              <td>
                <span className={`status ${row.status ?? "unknown"}`}>{statusName(row.status)}</span>
              </td>
              <td className="number">{row.capacity === null ? "–" : `${row.capacity} MW`}</td>
              <td className="number wide">{row.hubHeight === null ? "–" : `${row.hubHeight} m`}</td>
              <td className="wide">{row.serviceDue ?? "–"}</td>
              <td className="number">
                <button
                  type="button"
                  className="quiet small"
                  aria-label={`Edit ${row.name ?? row.externalId}`}
                  onClick={() => props.onEdit(row)}
                >
                  Edit
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What is below the rows: that there are more, that these are all, or that there are none. */
function Foot({ list, onClear }: { readonly list: Rows<TurbineRow>; readonly onClear: () => void }): ReactNode {
  const count = list.rows.length;
  if (list.phase === "loading") {
    return (
      <p className="foot" role="status">
        <span className="spinner" aria-hidden="true" /> Loading turbines …
      </p>
    );
  }
  if (count === 0) {
    return (
      <section className="empty" role="status">
        <h2>No turbine is like that</h2>
        <p>Names are compared letter by letter, capitals too.</p>
        <button type="button" onClick={onClear}>
          Show all turbines
        </button>
      </section>
    );
  }
  return (
    <div className="foot">
      <p role="status">{list.phase === "all" ? `${count} turbines, these are all` : `${count} turbines shown`}</p>
      {list.phase === "more" && (
        <button type="button" className="quiet" onClick={list.more}>
          Show more
        </button>
      )}
    </div>
  );
}
