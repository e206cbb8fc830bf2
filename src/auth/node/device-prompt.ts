import type { DeviceCodePrompt } from "./options.js";

/** What a provider tells of a device code. */
export interface DeviceCodeFacts {
  readonly userCode: string;
  readonly verificationUri: string;
  readonly verificationUriComplete?: string | undefined;
  readonly message?: string | undefined;
  /** In seconds. */
  readonly expiresIn: number;
}

/** What the user is shown. */
export function promptOf(facts: DeviceCodeFacts): DeviceCodePrompt {
  const { userCode, verificationUri, verificationUriComplete, expiresIn } = facts;
  return {
    userCode,
    verificationUri,
    ...(verificationUriComplete === undefined ? {} : { verificationUriComplete }),
    message: facts.message ?? `To sign in, open ${verificationUri} and enter the code ${userCode}.`,
    expiresAt: Date.now() + expiresIn * 1000,
  };
}
