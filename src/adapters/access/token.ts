import { createHash } from "node:crypto";
import { Sha256 } from "../../domain/values/sha256.ts";

/** Makes a token recognisable in a paste, a log or a repository, so that scanners can find a leaked one. */
const prefix = "ilt_";

/** Of randomness in a token: 256 bits. */
const tokenBytes = 32;

/** The form of a token: anything else is refused without a digest being computed. */
const tokenForm = /^ilt_[A-Za-z0-9_-]{43}$/;

/** A new API token. It is shown once; only its digest is kept. */
export function mintToken(randomBytes: (size: number) => Buffer): string {
  return prefix + randomBytes(tokenBytes).toString("base64url");
}

/** What is kept of a token: SHA-256 of its text. A token has 256 random bits, so no salt or stretching is due. */
export function tokenDigest(token: string): Sha256 {
  return Sha256.parse(createHash("sha256").update(token).digest("hex"));
}

/** The token of an `Authorization: Bearer` header (RFC 6750 s. 2.1); `undefined` when it holds none of ours. */
export function bearerToken(authorization: unknown): string | undefined {
  if (typeof authorization !== "string") return undefined;
  const [, token] = /^bearer +(\S+)$/i.exec(authorization) ?? [];
  return token !== undefined && tokenForm.test(token) ? token : undefined;
}
