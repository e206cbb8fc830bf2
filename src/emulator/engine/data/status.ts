import type { DatapointStatus } from "../../../models/index.js";
import { badRequest } from "../fault.js";

/** How good a point is: the two highest bits of its status. */
export type Quality = "good" | "uncertain" | "bad";

/** Codes of OPC UA by name; the lower 16 bits of a status carry more than its name. */
const CODES: Readonly<Record<string, number>> = {
  Good: 0x0000_0000,
  GoodSubscriptionTransferred: 0x002d_0000,
  GoodCompletesAsynchronously: 0x002e_0000,
  GoodOverload: 0x002f_0000,
  GoodClamped: 0x0030_0000,
  GoodLocalOverride: 0x0096_0000,
  GoodEntryInserted: 0x00a2_0000,
  GoodEntryReplaced: 0x00a3_0000,
  GoodNoData: 0x00a5_0000,
  GoodMoreData: 0x00a6_0000,
  GoodCommunicationEvent: 0x00a7_0000,
  GoodShutdownEvent: 0x00a8_0000,
  GoodCallAgain: 0x00a9_0000,
  GoodResultsMayBeIncomplete: 0x00ba_0000,
  Uncertain: 0x4000_0000,
  UncertainNoCommunicationLastUsableValue: 0x408f_0000,
  UncertainLastUsableValue: 0x4090_0000,
  UncertainSubstituteValue: 0x4091_0000,
  UncertainInitialValue: 0x4092_0000,
  UncertainSensorNotAccurate: 0x4093_0000,
  UncertainEngineeringUnitsExceeded: 0x4094_0000,
  UncertainSubNormal: 0x4095_0000,
  UncertainDataSubNormal: 0x40a4_0000,
  Bad: 0x8000_0000,
  BadUnexpectedError: 0x8001_0000,
  BadInternalError: 0x8002_0000,
  BadOutOfMemory: 0x8003_0000,
  BadResourceUnavailable: 0x8004_0000,
  BadCommunicationError: 0x8005_0000,
  BadTimeout: 0x800a_0000,
  BadShutdown: 0x800c_0000,
  BadServerNotConnected: 0x800d_0000,
  BadNoCommunication: 0x8031_0000,
  BadWaitingForInitialData: 0x8032_0000,
  BadOutOfRange: 0x803c_0000,
  BadNotFound: 0x803e_0000,
  BadConfigurationError: 0x8089_0000,
  BadNotConnected: 0x808a_0000,
  BadDeviceFailure: 0x808b_0000,
  BadSensorFailure: 0x808c_0000,
  BadOutOfService: 0x808d_0000,
  BadNoData: 0x809b_0000,
  BadDataLost: 0x809d_0000,
  BadDataUnavailable: 0x809e_0000,
};

const symbols: ReadonlyMap<number, string> = /* @__PURE__ */ new Map(
  Object.entries(CODES).map(([symbol, code]) => [code, symbol]),
);

const families = ["Good", "Uncertain", "Bad"] as const;
const qualities = ["good", "uncertain", "bad"] as const;

/**
 * The code of a status, which is given by code, by symbol, or by both.
 *
 * @throws {@link Fault} 400 for codes and symbols that are none, or that do not agree
 */
export function statusCodeOf(status: DatapointStatus | undefined): number {
  const { code, symbol } = status ?? {};
  if (code !== undefined && code >>> 30 === 3) throw badRequest(`Invalid status code ${code}`);
  if (symbol === undefined) return code ?? 0;
  const named = Object.hasOwn(CODES, symbol) ? CODES[symbol] : undefined;
  if (named === undefined) throw badRequest(`Invalid status symbol '${symbol}'`);
  if (code !== undefined && symbolOf(code) !== symbol) {
    throw badRequest(`The status symbol '${symbol}' is not that of the status code ${code}`);
  }
  return code ?? named;
}

/** The name of a code; that of its family where it has none of its own. */
export function symbolOf(code: number): string {
  return symbols.get((code & 0xffff_0000) >>> 0) ?? families[code >>> 30] ?? "Bad";
}

/** How good a point with a code is. */
export function qualityOf(code: number): Quality {
  return qualities[code >>> 30] ?? "bad";
}
