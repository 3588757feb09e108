import { GraphQLScalarType, Kind, type ValueNode } from "graphql";
import {
  GraphQLDateTime,
  GraphQLIPv4,
  GraphQLJSON,
  GraphQLMAC,
  GraphQLNonNegativeInt,
  GraphQLSafeInt,
} from "graphql-scalars";
import { z } from "zod";
import { Ipv4, Ipv4Cidr } from "../../domain/values/ipv4.ts";
import { MacAddress } from "../../domain/values/mac-address.ts";
import { ReservationKey } from "../../domain/values/reservation-key.ts";
import { Sha256 } from "../../domain/values/sha256.ts";

type Variables = Parameters<GraphQLScalarType["parseLiteral"]>[1];

/**
 * A scalar of graphql-scalars, made into what resolvers hold by `inside`.
 *
 * What the library refuses becomes a TypeError: by it the API tells a value that is wrong from a document that is.
 */
function adopted<Value>(base: GraphQLScalarType, inside: (parsed: unknown) => Value) {
  function refusing(parse: () => unknown): Value {
    try {
      return inside(parse());
    } catch (error) {
      throw new TypeError(error instanceof Error ? error.message : `expected ${base.name}`);
    }
  }
  return new GraphQLScalarType<Value, unknown>({
    ...base.toConfig(),
    parseValue: (value) => refusing(() => base.parseValue(value)),
    parseLiteral: (node: ValueNode, variables: Variables) =>
      refusing(() => base.parseLiteral(node, variables)),
  });
}

/**
 * A scalar that is text: parsed by the domain's own `schema`, which says what two spellings of one thing are, on
 * the way in, and text already on the way out. `base`: what tools are told about its form.
 */
function textScalar<Value>(name: string, schema: z.ZodType<Value>, base?: GraphQLScalarType) {
  function parse(value: unknown): Value {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    // graphql adds where in the document or in the variables the value stands.
    throw new TypeError(parsed.error.issues[0]?.message ?? `expected ${name}`);
  }
  return new GraphQLScalarType<Value, string>({
    ...base?.toConfig(),
    name,
    serialize: String,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

/** Longer than any position, so that nothing longer reaches the store. */
const positionLengthMax = 200;

/** What the schema's scalars hold. `DateTime` is milliseconds UTC in resolvers. */
export const scalars = {
  DateTime: new GraphQLScalarType<number, string>({
    ...adopted(GraphQLDateTime, (date) => Number(date)).toConfig(),
    serialize: (value) => new Date(Number(value)).toISOString(),
  }),
  EventPosition: textScalar("EventPosition", z.string().min(1).max(positionLengthMax)),
  // The library also takes `010.4.0.17`, `10.4.0.17/24` and six octets without colons. Addresses are names of
  // streams here, so one address has one spelling.
  MAC: textScalar("MAC", MacAddress, GraphQLMAC),
  IPv4: textScalar("IPv4", Ipv4, GraphQLIPv4),
  CIDR: textScalar("CIDR", Ipv4Cidr),
  ReservationKey: textScalar("ReservationKey", ReservationKey),
  Sha256: textScalar("Sha256", Sha256),
  ByteCount: new GraphQLScalarType({
    ...adopted(GraphQLNonNegativeInt, Number).toConfig(),
    name: "ByteCount",
  }),
  SafeInt: adopted(GraphQLSafeInt, Number),
  JSON: adopted(GraphQLJSON, (value) => value),
};
