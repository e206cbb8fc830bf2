import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import { ConfigError } from "../../errors/index.js";
import type { CertificateOptions } from "./options.js";

/** A certificate that has been read, with its key. */
export interface Certificate {
  readonly key: KeyObject;
  /** SHA-256 of the certificate, in hexadecimal digits. */
  readonly thumbprint: string;
}

/**
 * Reads a certificate and its key.
 *
 * @throws ConfigError `CONFIG.INVALID` when one of them cannot be read, or they do not belong together
 */
export function readCertificate({ privateKey, certificate, passphrase }: CertificateOptions): Certificate {
  const key = readable("certificate.privateKey", () =>
    createPrivateKey({ key: privateKey, ...(passphrase === undefined ? {} : { passphrase }) }),
  );
  const parsed = readable("certificate.certificate", () => new X509Certificate(certificate));
  if (!parsed.checkPrivateKey(key)) {
    throw new ConfigError(
      "CONFIG.INVALID",
      "The options certificate.privateKey and certificate.certificate do not fit.",
      {
        hint: "Give the certificate that was made for this key.",
      },
    );
  }
  if (key.asymmetricKeyType !== "rsa") {
    throw new ConfigError("CONFIG.INVALID", "The option certificate.privateKey is wrong: expected an RSA key.");
  }
  return { key, thumbprint: parsed.fingerprint256.replaceAll(":", "") };
}

/** The reason goes unsaid on purpose: what OpenSSL tells helps nobody, and the key must not be near an error. */
function readable<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch {
    throw new ConfigError("CONFIG.INVALID", `The option ${option} is wrong: expected PEM that can be read.`, {
      hint: "Give its text, from -----BEGIN to the end, and the passphrase where the key is encrypted.",
    });
  }
}
