import { X509Certificate } from "node:crypto";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { ConfigError } from "../../errors/index.js";
import type { ConnectionPoolOptions } from "./options.js";

/**
 * What to trust when there are certificates of the caller's own. Made once: the well-known ones beside them take tens
 * of milliseconds to read.
 *
 * @throws ConfigError when one is no certificate; Node itself would pass over it
 */
export function trust(ca: NonNullable<ConnectionPoolOptions["ca"]>): SecureContext {
  const given = typeof ca === "string" || ca instanceof Uint8Array ? [ca] : ca;
  const own = given.map((entry) => (typeof entry === "string" ? entry : new TextDecoder().decode(entry)));
  const wrong = own.findIndex((entry) => !isCertificate(entry));
  if (wrong !== -1) {
    throw new ConfigError(
      "CONFIG.INVALID",
      `The option ca${own.length > 1 ? `[${wrong}]` : ""} holds no certificate.`,
      {
        hint: "Give the text of a PEM file, which begins with -----BEGIN CERTIFICATE-----, not its path.",
      },
    );
  }
  return createSecureContext({ ca: [...rootCertificates, ...own] });
}

function isCertificate(text: string): boolean {
  const begin = text.indexOf("-----BEGIN CERTIFICATE-----");
  if (begin === -1) return false;
  try {
    return new X509Certificate(text.slice(begin)) !== undefined;
  } catch {
    return false;
  }
}
