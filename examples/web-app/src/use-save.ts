import { isApiError } from "pygen";
import { useState } from "react";
import { readTurbine, saveTurbine, type TurbineEdit, type TurbineRow, type Wind } from "./turbines.js";

/** Saving a turbine. */
export interface Save {
  readonly saving: boolean;
  readonly error?: unknown;
  /** The turbine as somebody else left it, while one has to choose. */
  readonly newer?: TurbineRow;
  /** @param base - the state that the edit is made on; the one that was opened unless another is given */
  save(edit: TurbineEdit, base?: TurbineRow): Promise<void>;
  /** Goes on from a newer state. */
  takeOver(newer: TurbineRow): void;
}

/** @param onSaved - is given the turbine as it is stored then */
export function useSave(wind: Wind, turbine: TurbineRow, onSaved: (row: TurbineRow) => void): Save {
  const [opened, setOpened] = useState(turbine);
  const [state, setState] = useState<Pick<Save, "saving" | "error" | "newer">>({ saving: false });

  const save = async (edit: TurbineEdit, base = opened): Promise<void> => {
    setState({ saving: true });
    setOpened(base);
    try {
      await saveTurbine(wind, base, edit);
      onSaved((await readTurbine(wind, base.externalId)) ?? base);
    } catch (error) {
      setState({ saving: false, ...(await whatToTell(wind, base, error)) });
    }
  };
  const takeOver = (newer: TurbineRow): void => {
    setOpened(newer);
    setState({ saving: false });
  };
  return { ...state, save, takeOver };
}

async function whatToTell(wind: Wind, base: TurbineRow, error: unknown): Promise<Pick<Save, "error" | "newer">> {
  if (!isApiError(error) || error.code !== "API.VERSION_CONFLICT") return { error };
  try {
    const newer = await readTurbine(wind, base.externalId);
    // Deleted meanwhile: there is nothing to choose from.
    return newer ? { newer } : { error };
  } catch (unreadable) {
    return { error: unreadable };
  }
}
