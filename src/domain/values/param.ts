import { z } from "zod";
import { labelKey } from "./label.ts";

/** Text, a number, yes or no, or lists and maps of these. */
export type ParamValue =
  | string
  | number
  | boolean
  | readonly ParamValue[]
  | { readonly [name: string]: ParamValue };

/** Most params of one machine. */
export const paramsMax = 64;

/** Most octets of one value as JSON: 8 KiB. */
export const paramBytesMax = 8 * 1024;

/** Most octets of all values of one machine as JSON: 64 KiB. */
export const paramsBytesMax = 64 * 1024;

const depthMax = 8;

/** What a param is called. 1 to 63 characters, as of a label. */
export const ParamKey = labelKey();

/**
 * What a param says: text, a number, true or false, or lists and maps of these, at most 8 deep. Never null. At most
 * 8 KiB as JSON, 64 KiB in all of one machine.
 */
export const ParamValue = z.custom<ParamValue>(
  (value) => isParamValue(value, depthMax),
  `expected text, a number, true, false, or lists and maps of them, at most ${depthMax} deep`,
);

/** What scripts and templates are told of a machine. Look keys up with `Object.hasOwn`. */
export const Params = z.record(ParamKey, ParamValue);
export type Params = Readonly<z.infer<typeof Params>>;

/** A name within a map. Not `__proto__`, which is no name but a trap. */
const memberName = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/;

function isParamValue(value: unknown, depthLeft: number): value is ParamValue {
  switch (typeof value) {
    case "boolean":
      return true;
    case "string":
      return value.isWellFormed();
    case "number":
      return Number.isFinite(value);
    case "object":
      return value !== null && depthLeft > 0 && isHolder(value, depthLeft - 1);
    default:
      return false;
  }
}

function isHolder(value: object, depthLeft: number): boolean {
  if (Array.isArray(value)) return value.every((item) => isParamValue(item, depthLeft));
  return Object.entries(value).every(
    ([name, member]) => memberName.test(name) && isParamValue(member, depthLeft),
  );
}

/** Octets of a value as JSON. */
export function paramBytes(value: ParamValue): number {
  return new TextEncoder().encode(JSON.stringify(value)).length;
}

/** Words, or parts of words, that name a secret. `bypass` and its like do not. */
const secretWord =
  /passw|passphrase|passcode|secret|token|credential|apikey|privatekey|psk$|pwd?$|^creds?$|(?<!by|com|over|under|tres|sur)pass$/;

/** Texts that are secrets, whatever their name: a private key, a password's hash, a password in a URL. */
const secretText =
  /-----BEGIN [A-Z ]*PRIVATE KEY|^\$(?:1|2[abxy]|5|6|7|y|gy|argon2[a-z]*)\$|[a-z]:\/\/[^/\s:@]*:[^/\s@]+@/i;

/**
 * The first name whose param looks like a secret, be it the param's own or one within its value; `undefined`: none
 * does. Params are events, and no secret may ever be one. A `key` counts, unless the name says that it is a public
 * one or that it authorizes.
 */
export function secretIn(key: string, value: ParamValue): string | undefined {
  if (namesSecret(key)) return key;
  if (typeof value === "string") return secretText.test(value) ? key : undefined;
  if (typeof value !== "object") return undefined;
  for (const [name, member] of Object.entries(value)) {
    // A member of a list has a number for a name.
    const found = secretIn(Array.isArray(value) ? key : name, member);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesSecret(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[./_-]/);
  if (words.some((word) => secretWord.test(word))) return true;
  const isKey = words.includes("key") || words.includes("keys");
  return isKey && !words.includes("public") && !words.includes("authorized");
}
