import { type ReactNode, useState } from "react";
import { STEP, type TurbineRow, turbinesAfter, type Wind } from "./turbines.js";

/** What the server has found out, and the browser goes on from. */
export interface PageState {
  readonly project: string;
  readonly turbines: readonly TurbineRow[];
}

export function App({ wind, state }: { readonly wind: Wind; readonly state: PageState }): ReactNode {
  const [turbines, setTurbines] = useState(state.turbines);
  const [phase, setPhase] = useState<"idle" | "loading" | "all" | "failed">("idle");
  const more = async (): Promise<void> => {
    setPhase("loading");
    try {
      const next = await turbinesAfter(wind, turbines.at(-1));
      setTurbines([...turbines, ...next]);
      setPhase(next.length < STEP ? "all" : "idle");
    } catch {
      setPhase("failed");
    }
  };
  return (
    <main>
      <h1>Turbines</h1>
      <ul>
        {turbines.map(({ externalId, name, capacity, farm }) => (
          <li key={externalId}>
            <b>{name ?? externalId}</b>
            <span>{farm?.name ?? "–"}</span>
            <span>{capacity === null ? "–" : `${capacity} MW`}</span>
          </li>
        ))}
      </ul>
      {phase === "failed" && <p role="alert">The next turbines could not be read. Try again in a moment.</p>}
      <p role="status">{phase === "loading" ? "Loading …" : `${turbines.length} turbines shown`}</p>
      {phase !== "all" && (
        <button type="button" disabled={phase === "loading"} onClick={() => void more()}>
          Show more
        </button>
      )}
    </main>
  );
}
