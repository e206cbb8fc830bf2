import { type ReactNode, useId } from "react";

/** What an input is given by its field. */
export interface InputFacts {
  readonly id: string;
  readonly "aria-invalid": boolean;
  readonly "aria-describedby"?: string;
}

/** A label, its input, and what is wrong with it. */
export function Field(props: {
  readonly label: string;
  readonly wrong?: string | undefined;
  readonly children: (facts: InputFacts) => ReactNode;
}): ReactNode {
  const id = useId();
  const { label, wrong, children } = props;
  const described = wrong === undefined ? {} : { "aria-describedby": `${id}-wrong` };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-invalid": wrong !== undefined, ...described })}
      {wrong !== undefined && (
        <p className="wrong" id={`${id}-wrong`}>
          {wrong}
        </p>
      )}
    </div>
  );
}
