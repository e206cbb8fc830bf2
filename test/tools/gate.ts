/** Holds back all who pass until it is opened. */
export interface Gate {
  /** Resolves when it is open, for those who do not pass. */
  readonly opened: Promise<void>;
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
    opened,
    open,
    pass: () => {
      come += 1;
      if (come >= count) open();
      return opened;
    },
  };
}
