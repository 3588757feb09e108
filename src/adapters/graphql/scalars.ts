import { GraphQLScalarType, Kind } from "graphql";
import { z } from "zod";
import { Ipv4, Ipv4Cidr } from "../../domain/values/ipv4.ts";
import { MacAddress } from "../../domain/values/mac-address.ts";
import { Sha256 } from "../../domain/values/sha256.ts";

/** A scalar that is text: parsed by `schema` on the way in, and text already on the way out. */
function textScalar<Value>(name: string, schema: z.ZodType<Value>) {
  function parse(value: unknown): Value {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    // graphql adds where in the document or in the variables the value stands.
    throw new TypeError(parsed.error.issues[0]?.message ?? `expected ${name}`);
  }
  return new GraphQLScalarType<Value, string>({
    name,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/** An instant, milliseconds UTC inside, RFC 3339 outside. */
const Instant = z.iso
  .datetime({ offset: true, error: "expected RFC 3339, such as 2026-01-31T03:12:00.000Z" })
  .transform((text) => Date.parse(text));

/** Longer than any position, so that nothing longer reaches the store. */
const positionLengthMax = 200;

function outputOnly(name: string) {
  return (): never => {
    throw new TypeError(`${name} is never an input`);
  };
}

/** What the schema's scalars hold. `DateTime` is milliseconds UTC in resolvers. */
export const scalars = {
  DateTime: new GraphQLScalarType<number, string>({
    ...textScalar("DateTime", Instant).toConfig(),
    serialize: (value) => new Date(Number(value)).toISOString(),
  }),
  EventPosition: textScalar("EventPosition", z.string().min(1).max(positionLengthMax)),
  MAC: textScalar("MAC", MacAddress),
  IPv4: textScalar("IPv4", Ipv4),
  CIDR: textScalar("CIDR", Ipv4Cidr),
  Sha256: textScalar("Sha256", Sha256),
  ByteCount: new GraphQLScalarType<number, number>({
    name: "ByteCount",
    serialize: Number,
    parseValue: outputOnly("ByteCount"),
    parseLiteral: outputOnly("ByteCount"),
  }),
  JSON: new GraphQLScalarType<unknown, unknown>({
    name: "JSON",
    serialize: (value) => value,
    parseValue: outputOnly("JSON"),
    parseLiteral: outputOnly("JSON"),
  }),
};
