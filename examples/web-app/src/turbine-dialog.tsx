import { type FormEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { checkFields, type Fields, fieldsOf, type Wrong } from "./check-edit.js";
import { ConflictNotice } from "./conflict-notice.js";
import { Field } from "./field.js";
import { ProblemNotice } from "./problem-notice.js";
import { statusNames } from "./status-names.js";
import type { TurbineRow, Wind } from "./turbines.js";
import { useSave } from "./use-save.js";

/** The form that edits a turbine. */
export function TurbineDialog(props: {
  readonly wind: Wind;
  readonly turbine: TurbineRow;
  readonly onClose: () => void;
  readonly onSignIn: () => void;
}): ReactNode {
  const { wind, turbine, onClose, onSignIn } = props;
  const [fields, setFields] = useState(fieldsOf(turbine));
  const [wrong, setWrong] = useState<Wrong>({});
  const dialog = useRef<HTMLDialogElement>(null);
  // Closing gives the focus back to the button that opened it.
  const { saving, error, newer, save, takeOver } = useSave(wind, turbine, () => dialog.current?.close());
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => dialog.current?.showModal(), []);

  const set = (change: Partial<Fields>): void => setFields((old) => ({ ...old, ...change }));
  const submit = (base?: TurbineRow): void => {
    const checked = checkFields(fields);
    setWrong("wrong" in checked ? checked.wrong : {});
    if ("edit" in checked) return void save(checked.edit, base);
    // The first field that is wrong, once it is marked.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus());
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    submit();
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="dialog-title">
      <form ref={form} onSubmit={onSubmit} noValidate>
        <h2 id="dialog-title">{turbine.name ?? turbine.externalId}</h2>
        <Field label="Name" wrong={wrong.name}>
          {(facts) => <input {...facts} value={fields.name} onChange={(event) => set({ name: event.target.value })} />}
        </Field>
        <Field label="Capacity in MW" wrong={wrong.capacity}>
          {(facts) => (
            <input
              {...facts}
              inputMode="decimal"
              value={fields.capacity}
              onChange={(event) => set({ capacity: event.target.value })}
            />
          )}
        </Field>
        <Field label="Status">
          {(facts) => (
            <select {...facts} value={fields.status} onChange={(event) => set({ status: event.target.value })}>
              <option value="">Not known</option>
              {[...statusNames].map(([status, name]) => (
                <option key={status} value={status}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Service due">
          {(facts) => (
            <input
              {...facts}
              type="date"
              value={fields.serviceDue}
              onChange={(event) => set({ serviceDue: event.target.value })}
            />
          )}
        </Field>
        {newer && (
          <ConflictNotice
            newer={newer}
            onTheirs={() => {
              setFields(fieldsOf(newer));
              setWrong({});
              takeOver(newer);
            }}
            onMine={() => submit(newer)}
          />
        )}
        {error !== null && <ProblemNotice error={error} onRetry={() => submit()} onSignIn={onSignIn} />}
        <p className="actions">
          <button type="button" className="quiet" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="submit" disabled={saving || newer !== undefined}>
            {saving ? "Saving …" : "Save"}
          </button>
        </p>
      </form>
    </dialog>
  );
}
