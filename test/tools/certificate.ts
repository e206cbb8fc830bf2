import { generateKeyPairSync, type KeyObject, randomBytes, randomUUID, sign } from "node:crypto";

/** A key and its certificate, as PEM. */
export interface SelfSigned {
  readonly key: string;
  readonly cert: string;
}

/** One element of DER: its tag, its length, its content. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content);
  const length =
    body.length < 0x80
      ? [body.length]
      : body.length < 0x100
        ? [0x81, body.length]
        : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), body]);
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts);
const oid = (...bytes: readonly number[]): Buffer => der(0x06, Buffer.from(bytes));
const time = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
const extension = (id: Buffer, value: Buffer): Buffer => sequence(id, der(0x04, value));

/** A name of one part: who a certificate is of, or from. */
const nameOf = (text: string): Buffer =>
  sequence(der(0x31, sequence(oid(0x55, 0x04, 0x03), der(0x0c, Buffer.from(text)))));

const isCa = (): Buffer => extension(oid(0x55, 0x1d, 0x13), sequence(der(0x01, Buffer.from([0xff]))));
const thisMachine = (): Buffer =>
  extension(
    oid(0x55, 0x1d, 0x11),
    sequence(der(0x82, Buffer.from("localhost")), der(0x87, Buffer.from([127, 0, 0, 1]))),
  );

const pem = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();

interface CertificateFacts {
  readonly subject: Buffer;
  readonly publicKey: KeyObject;
  readonly issuer: Buffer;
  readonly issuerKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

/** A certificate that is good for a day, as PEM. */
function certificate({ subject, publicKey, issuer, issuerKey, extensions }: CertificateFacts): string {
  const algorithm =
    issuerKey.asymmetricKeyType === "rsa"
      ? sequence(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0b), der(0x05))
      : sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const hour = 3_600_000;
  const content = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...randomBytes(8)])),
    algorithm,
    issuer,
    sequence(time(new Date(Date.now() - hour)), time(new Date(Date.now() + 24 * hour))),
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", content, issuerKey));
  const base64 = sequence(content, algorithm, signature).toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n`;
}

/** Makes a certificate for this machine (`localhost` and 127.0.0.1) that is good for a day, and can be trusted as a CA. */
export function selfSigned(): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const name = nameOf(`pygen tests ${randomUUID()}`);
  const extensions = [thisMachine(), isCa()];
  return {
    key: pem(privateKey),
    cert: certificate({ subject: name, publicKey, issuer: name, issuerKey: privateKey, extensions }),
  };
}

/** Makes an RSA key with a certificate that it signed for itself: what an application proves with who it is. */
export function rsaSelfSigned(): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const name = nameOf(`pygen tests ${randomUUID()}`);
  return {
    key: pem(privateKey),
    cert: certificate({ subject: name, publicKey, issuer: name, issuerKey: privateKey, extensions: [isCa()] }),
  };
}

/** Makes a CA, and a key with a certificate of that CA for this machine (`localhost` and 127.0.0.1); good for a day. */
export function issued(): SelfSigned & { readonly ca: string } {
  const authority = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const leaf = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  const issuer = nameOf(`pygen tests CA ${randomUUID()}`);
  const signer = { issuer, issuerKey: authority.privateKey };
  return {
    ca: certificate({ subject: issuer, publicKey: authority.publicKey, ...signer, extensions: [isCa()] }),
    cert: certificate({
      subject: nameOf("localhost"),
      publicKey: leaf.publicKey,
      ...signer,
      extensions: [thisMachine()],
    }),
    key: pem(leaf.privateKey),
  };
}
