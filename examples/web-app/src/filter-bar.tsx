import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { isStatus, statusNames } from "./status-names.js";
import { type Filter, farmNames, type Wind } from "./turbines.js";

const capacities = [3, 5, 8, 10];

/** What narrows the list down. */
export function FilterBar(props: {
  readonly wind: Wind;
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}): ReactNode {
  const { wind, filter, onChange } = props;
  const { data: farms = [] } = useQuery(farmNames(wind));
  return (
    <search className="filters">
      <label>
        Name begins with
        <input
          type="search"
          value={filter.name}
          placeholder="Horns Bank A"
          autoComplete="off"
          onChange={(event) => onChange({ ...filter, name: event.target.value })}
        />
      </label>
      <label>
        Farm
        <select value={filter.farm} onChange={({ target }) => onChange({ ...filter, farm: target.value })}>
          <option value="">Any</option>
          {farms.map(({ externalId, name }) => (
            <option key={externalId} value={externalId}>
              {name ?? externalId}
            </option>
          ))}
        </select>
      </label>
      <label>
        Status
        <select
          value={filter.status}
          onChange={({ target }) => onChange({ ...filter, status: isStatus(target.value) ? target.value : "" })}
        >
          <option value="">Any</option>
          {[...statusNames].map(([status, name]) => (
            <option key={status} value={status}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Capacity
        <select
          value={filter.minCapacity}
          onChange={(event) => onChange({ ...filter, minCapacity: Number(event.target.value) })}
        >
          <option value={0}>Any</option>
          {capacities.map((capacity) => (
            <option key={capacity} value={capacity}>
              {capacity} MW and more
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
