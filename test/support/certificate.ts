import { generateKeyPairSync, randomBytes, sign } from "node:crypto";

/** PEM of a certificate and of its key. */
export interface TestIdentity {
  readonly cert: string;
  readonly key: string;
}

const dayMs = 86_400_000;

/** A certificate for 127.0.0.1 that signs itself (RFC 5280 s. 4.1). `days`: from a day ago on. (Default: 30) */
export function selfSigned(commonName: string, days = 30): TestIdentity {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const name = sequence(set(sequence(oid("550403"), der(0x0c, Buffer.from(commonName)))));
  const algorithm = sequence(oid("2a8648ce3d040302"));
  const validity = sequence(utcTime(Date.now() - dayMs), utcTime(Date.now() + (days - 1) * dayMs));
  // subjectAltName: an address and a name.
  const names = sequence(der(0x87, Buffer.from([127, 0, 0, 1])), der(0x82, Buffer.from("localhost")));
  const extensions = der(0xa3, sequence(sequence(oid("551d11"), der(0x04, names))));
  const toSign = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([1, ...randomBytes(8)])),
    algorithm,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
    extensions,
  );
  const signature = sign("sha256", toSign, privateKey);
  const certificate = sequence(toSign, algorithm, der(0x03, Buffer.from([0]), signature));
  return { cert: pem(certificate), key: privateKey.export({ type: "pkcs8", format: "pem" }).toString() };
}

/** Tag, length, content (X.690 s. 8.1). */
function der(tag: number, ...contents: readonly Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  return Buffer.concat([Buffer.from([tag, 0x82, length >> 8, length & 0xff]), content]);
}

const sequence = (...contents: readonly Buffer[]) => der(0x30, ...contents);
const set = (...contents: readonly Buffer[]) => der(0x31, ...contents);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));

function utcTime(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, "").slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function pem(bytes: Buffer): string {
  const lines = bytes.toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}
