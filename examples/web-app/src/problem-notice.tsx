import type { ReactNode } from "react";
import { describeError } from "./describe-error.js";

/** Tells an error: what it means, what helps, and what to quote when asking for help. */
export function ProblemNotice(props: {
  readonly error: unknown;
  readonly onRetry?: (() => void) | undefined;
  readonly onSignIn?: (() => void) | undefined;
}): ReactNode {
  const { title, text, facts, signIn } = describeError(props.error);
  return (
    <section className="problem" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      {facts.length > 0 && (
        <details>
          <summary>Details for support</summary>
          <dl>
            {facts.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <p className="actions">
        {signIn && props.onSignIn ? (
          <button type="button" onClick={props.onSignIn}>
            Sign in again
          </button>
        ) : (
          props.onRetry && (
            <button type="button" onClick={props.onRetry}>
              Try again
            </button>
          )
        )}
      </p>
    </section>
  );
}
