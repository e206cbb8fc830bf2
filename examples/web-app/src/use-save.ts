import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type TurbineEdit, type TurbineRow, turbineSave, type Wind } from "./turbines.js";

/** Saving a turbine. */
export interface Save {
  readonly saving: boolean;
  readonly error: unknown;
  /** The turbine as somebody else left it, while one has to choose. */
  readonly newer: TurbineRow | undefined;
  /** @param base - the state that the edit is made on; the one that was opened unless another is given */
  save(edit: TurbineEdit, base?: TurbineRow): void;
  /** Goes on from a newer state. */
  takeOver(newer: TurbineRow): void;
}

/** @param onSaved - is called when the change is stored and on the screen */
export function useSave(wind: Wind, turbine: TurbineRow, onSaved: () => void): Save {
  const [opened, setOpened] = useState(turbine);
  const { mutate, reset, isPending, error, data } = useMutation({
    ...turbineSave(wind),
    onSuccess: (newer: TurbineRow | undefined) => {
      if (newer === undefined) onSaved();
    },
  });
  const save = (edit: TurbineEdit, base = opened): void => {
    setOpened(base);
    mutate({ base, edit });
  };
  const takeOver = (newer: TurbineRow): void => {
    setOpened(newer);
    reset();
  };
  return { saving: isPending, error, newer: data, save, takeOver };
}
