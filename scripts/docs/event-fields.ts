import { z } from "zod";
import type { EventDefinition } from "../../src/domain/event.ts";
import { Architecture } from "../../src/domain/values/architecture.ts";
import { ClientId } from "../../src/domain/values/client-id.ts";
import { Ipv4, Ipv4Cidr } from "../../src/domain/values/ipv4.ts";
import { LabelKey, LabelValue } from "../../src/domain/values/label.ts";
import { MacAddress } from "../../src/domain/values/mac-address.ts";
import { MachineId } from "../../src/domain/values/machine-id.ts";
import { ParamKey, ParamValue } from "../../src/domain/values/param.ts";
import { ReservationKey } from "../../src/domain/values/reservation-key.ts";
import { RunId } from "../../src/domain/values/run-id.ts";
import { Sha256 } from "../../src/domain/values/sha256.ts";
import {
  ClientClassName,
  EnvironmentName,
  MachineName,
  SharedNetworkName,
  SubnetName,
} from "../../src/domain/values/slug.ts";

/** Values that have a name and a section of their own on the page. */
export const namedValues: Readonly<Record<string, z.ZodType>> = {
  Architecture,
  ClientClassName,
  ClientId,
  EnvironmentName,
  Ipv4,
  Ipv4Cidr,
  LabelKey,
  LabelValue,
  MacAddress,
  MachineId,
  MachineName,
  ParamKey,
  ParamValue,
  ReservationKey,
  RunId,
  Sha256,
  SharedNetworkName,
  SubnetName,
};

interface Field {
  /** `disks[].serial`: a list's elements are marked by `[]`, a record's values by `{}`. */
  readonly path: string;
  readonly type: string;
}

/** Every field of an event's data, however deep, in the order of its declaration. */
export function eventFields({ strict }: EventDefinition): readonly Field[] {
  return fieldsOf(child(jsonSchema(strict), "data"), "");
}

/** What text or number a named value may be. */
export function valueType(schema: z.ZodType): string {
  const { title: _title, ...rest } = jsonSchema(schema);
  return typeOf(rest);
}

type JsonSchema = z.core.JSONSchema.JSONSchema;

function jsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    // A schema that is checked by code takes any JSON here; its comment says which.
    unrepresentable: "any",
    override({ zodSchema, jsonSchema: json }) {
      const named = Object.entries(namedValues).find(([, value]) => Object.is(value, zodSchema));
      if (named) json.title = named[0];
    },
  });
}

function fieldsOf(schema: JsonSchema, path: string): readonly Field[] {
  const inner = withoutNull(schema);
  if (inner.properties) {
    const names = Object.keys(inner.properties);
    const below = names.flatMap((name) =>
      fieldsOf(child(inner, name), path === "" ? name : `${path}.${name}`),
    );
    return inner === schema ? below : [{ path, type: "object or null" }, ...below];
  }
  if (isSchema(inner.items)) return listFields(inner, inner.items, path);
  if (isSchema(inner.additionalProperties)) return fieldsOf(inner.additionalProperties, `${path}{}`);
  return [{ path, type: typeOf(schema) }];
}

function listFields({ maxItems }: JsonSchema, element: JsonSchema, path: string): readonly Field[] {
  const list = { path, type: maxItems === undefined ? "list" : `list of at most ${maxItems}` };
  return [list, ...fieldsOf(element, `${path}[]`)];
}

/** A type in the words of the page. */
function typeOf(schema: JsonSchema): string {
  const inner = withoutNull(schema);
  const limited = limits(inner);
  const nullable = inner === schema ? "" : limited.length === 0 ? " or null" : "; or null";
  if (inner.title !== undefined) return `[${inner.title}](#${inner.title.toLowerCase()})${nullable}`;
  if (inner.enum) return `${inner.enum.map((value) => `\`${value}\``).join(", ")}${nullable}`;
  return `${[base(inner), ...limited].join(", ")}${nullable}`;
}

function base({ type, format }: JsonSchema): string {
  if (type === undefined) return "any JSON";
  return format === undefined ? `${type}` : `${type} (${format})`;
}

function limits({ pattern, format, ...schema }: JsonSchema): readonly string[] {
  const { minimum, exclusiveMinimum, maximum, minLength, maxLength } = schema;
  return [
    ...limit(minimum, (value) => `at least ${value}`),
    ...limit(exclusiveMinimum, (value) => `more than ${value}`),
    ...limit(maximum, (value) => `at most ${value}`),
    ...limit(minLength, (value) => `at least ${value} characters`),
    ...limit(maxLength, (value) => `at most ${value} characters`),
    ...(pattern !== undefined && format === undefined ? [`matches \`${pattern}\``] : []),
  ];
}

/** The limits of every integer in JSON are not worth a word. */
function limit(value: unknown, worded: (value: number) => string): readonly string[] {
  return typeof value !== "number" || Math.abs(value) === Number.MAX_SAFE_INTEGER ? [] : [worded(value)];
}

/** The schema of what is there when it is not null; `schema` itself when it cannot be null. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const [some, none] = schema.anyOf ?? [];
  if (isSchema(some) && isSchema(none) && none.type === "null") return some;
  const types: readonly unknown[] = Array.isArray(schema.type) ? schema.type : [];
  return types[1] === "null" ? { ...schema, type: types[0] as "boolean" } : schema;
}

function child(schema: JsonSchema, name: string): JsonSchema {
  const found = schema.properties?.[name];
  if (!isSchema(found)) throw new Error(`the schema has no property ${name}`);
  return found;
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
