import { Ipv4, Ipv4Cidr } from "../../domain/values/ipv4.ts";
import { MacAddress } from "../../domain/values/mac-address.ts";
import type { ColumnKind, QueryColumn } from "./column.ts";
import type { Scalar, Test } from "./condition.ts";

/** What a value of a search text asks of a column, or what is wrong with it. */
export type ReadTest = { readonly test: Test } | { readonly wrong: string };

/** Reads a value that stands after a colon. `nowMs`: what `now` means. */
export function readTest(text: string, column: QueryColumn, nowMs: number): ReadTest {
  if (column.kind === "address" && text.includes("/")) {
    const network = Ipv4Cidr.safeParse(text);
    return network.success
      ? { test: { within: network.data } }
      : { wrong: "is no network: write 10.4.0.0/16, host bits zero, /8 to /30" };
  }
  const day = column.kind === "time" && /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(day)) return { test: { from: day, below: day + units.d } };
  const read = readScalar(text, column, nowMs);
  return "wrong" in read ? read : { test: { eq: read.value } };
}

/** Reads a single value, such as one that is compared with. */
export function readScalar(
  text: string,
  { kind, values = [] }: QueryColumn,
  nowMs: number,
): { readonly value: Scalar } | { readonly wrong: string } {
  const value = readers[kind](text, { nowMs, values });
  return value === undefined ? { wrong: remedies[kind](values) } : { value };
}

interface Surroundings {
  readonly nowMs: number;
  readonly values: readonly string[];
}

const readers: Readonly<Record<ColumnKind, (text: string, around: Surroundings) => Scalar | undefined>> = {
  text: (text) => text,
  id: (text) => text,
  // The API spells words in capitals.
  enum: (text, { values }) => values.find((each) => spelling(each) === spelling(text)),
  boolean: (text) => ({ true: true, yes: true, false: false, no: false })[text.toLowerCase()],
  number: readNumber,
  time: (text, { nowMs }) => readTime(text, nowMs),
  address: (text) => Ipv4.safeParse(text).data,
  mac: (text) => MacAddress.safeParse(text).data,
};

const remedies: Readonly<Record<ColumnKind, (values: readonly string[]) => string>> = {
  text: () => "is no text",
  id: () => "is no id",
  enum: (values) => `is none of ${values.join(", ")}`,
  boolean: () => "is neither true nor false",
  number: () => "is no whole number: write 64, or a size such as 64GiB",
  time: () => "is no time: write 2026-11-23T09:00:00Z, 2026-11-23, now or now-7d (s, m, h, d or w)",
  address: () => "is no IPv4 address or network: write 10.4.0.17 or 10.4.0.0/16",
  mac: () => "is no MAC address: write 52:54:00:12:34:56, or 52:54:* for all that begin so",
};

function spelling(word: string): string {
  return word.toLowerCase().replaceAll("_", "-");
}

const sizes: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

function readNumber(text: string): number | undefined {
  const { digits, unit = "" } = /^(?<digits>-?\d+(?:\.\d+)?)(?<unit>[A-Za-z]*)$/.exec(text)?.groups ?? {};
  const number = Number(digits) * (sizes[unit.toLowerCase()] ?? Number.NaN);
  return digits !== undefined && Number.isSafeInteger(number) ? number : undefined;
}

const units = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const rfc3339 = /^\d{4}-\d\d-\d\d(?:[Tt]\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:[Zz]|[+-]\d\d:\d\d))?$/;

function readTime(text: string, nowMs: number): number | undefined {
  const now = /^now(?:(?<sign>[+-])(?<amount>\d{1,6})(?<unit>[smhdw]))?$/.exec(text);
  if (now) {
    const { sign, amount = "0", unit = "s" } = now.groups ?? {};
    return nowMs + (sign === "-" ? -1 : 1) * Number(amount) * units[unit as keyof typeof units];
  }
  const time = rfc3339.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : time;
}
