export function soakEmulator(options: {
  readonly minutes: number;
  readonly clients?: number;
  readonly seed?: number;
  readonly keep?: boolean;
  readonly progress?: (text: string) => void;
}): Promise<{ readonly calls: number; readonly megabytes: readonly number[] }>;
