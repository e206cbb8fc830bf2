import { useQueryClient } from "@tanstack/react-query";
import type { Session } from "pygen/auth/browser";
import { type ReactNode, useCallback, useState, useSyncExternalStore } from "react";
import { ProblemNotice } from "./problem-notice.js";
import { TurbineList } from "./turbine-list.js";
import type { Wind } from "./turbines.js";

/** The app: signing in, and what one sees then. */
export function App({ session, wind }: { readonly session: Session; readonly wind: Wind }): ReactNode {
  const account = useSyncExternalStore(session.subscribe, () => session.account);
  const cache = useQueryClient();
  const [error, setError] = useState<unknown>();
  const signIn = useCallback(() => {
    setError(undefined);
    session.signIn().catch(setError);
  }, [session]);
  const signOut = useCallback(() => {
    // What one may see is for nobody who comes after.
    session.signOut().then(() => cache.clear(), setError);
  }, [session, cache]);
  return (
    <>
      <header className="bar">
        <h1>
          <img src="/icon.svg" alt="" width="28" height="28" /> Wind farm
        </h1>
        {account && (
          <div className="who">
            <span>{account.name ?? account.username}</span>
            <button type="button" className="quiet small" onClick={signOut}>
              Sign out
            </button>
          </div>
        )}
      </header>
      <main className="page">
        {error !== undefined && <ProblemNotice error={error} onRetry={signIn} onSignIn={signIn} />}
        {account ? <TurbineList wind={wind} onSignIn={signIn} /> : <Welcome onSignIn={signIn} />}
      </main>
    </>
  );
}

function Welcome({ onSignIn }: { readonly onSignIn: () => void }): ReactNode {
  return (
    <section className="welcome">
      <h2>Every turbine, in one place</h2>
      <p>Look turbines up, see how they are, and plan their service. Sign in to begin.</p>
      <button type="button" onClick={onSignIn}>
        Sign in
      </button>
    </section>
  );
}
