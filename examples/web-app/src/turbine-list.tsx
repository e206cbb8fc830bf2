import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { FilterBar } from "./filter-bar.js";
import { ProblemNotice } from "./problem-notice.js";
import { statusName } from "./status-names.js";
import { TurbineDialog } from "./turbine-dialog.js";
import { type Filter, type TurbineRow, turbinePages, type Wind } from "./turbines.js";
import { useSettled } from "./use-settled.js";

const everything: Filter = { name: "", farm: "", status: "", minCapacity: 0 };

/** The turbines, found by a filter and read as far as one looks. */
export function TurbineList({ wind, onSignIn }: { readonly wind: Wind; readonly onSignIn: () => void }): ReactNode {
  const [filter, setFilter] = useState(everything);
  const [edited, setEdited] = useState<TurbineRow>();
  // The rows of the filter before stay until the first of this one are there.
  const list = useInfiniteQuery({ ...turbinePages(wind, useSettled(filter)), placeholderData: keepPreviousData });
  const rows = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const isLoading = list.isPending || list.isPlaceholderData || list.isFetchingNextPage;
  const more = (): void => void list.fetchNextPage();
  return (
    <>
      <FilterBar wind={wind} filter={filter} onChange={setFilter} />
      {rows.length > 0 && <TurbineTable rows={rows} isBusy={isLoading} onEdit={setEdited} />}
      {list.isError ? (
        <ProblemNotice
          error={list.error}
          onRetry={list.isFetchNextPageError ? more : () => void list.refetch()}
          onSignIn={onSignIn}
        />
      ) : (
        <Foot
          count={rows.length}
          isLoading={isLoading}
          onMore={list.hasNextPage ? more : undefined}
          onClear={() => setFilter(everything)}
        />
      )}
      {edited && (
        <TurbineDialog
          key={edited.externalId}
          wind={wind}
          turbine={edited}
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
function Foot(props: {
  readonly count: number;
  readonly isLoading: boolean;
  /** Shows more, where there are any. */
  readonly onMore: (() => void) | undefined;
  readonly onClear: () => void;
}): ReactNode {
  const { count, isLoading, onMore, onClear } = props;
  if (isLoading) {
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
      <p role="status">{onMore ? `${count} turbines shown` : `${count} turbines, these are all`}</p>
      {onMore && (
        <button type="button" className="quiet" onClick={onMore}>
          Show more
        </button>
      )}
    </div>
  );
}
