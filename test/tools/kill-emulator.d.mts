export function killEmulator(options: {
  readonly count: number;
  readonly seed?: number;
  readonly progress?: (text: string) => void;
}): Promise<number>;
