/** Holds back all who pass until it is opened. */
export interface Gate {
  pass(): Promise<void>;
  open(): void;
}

/** A gate; with a number it opens by itself as soon as so many have come. */
export function gate(count: number = Number.POSITIVE_INFINITY): Gate {
  let come = 0;
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    open,
    pass: () => {
      come += 1;
      if (come >= count) open();
      return opened;
    },
  };
}
