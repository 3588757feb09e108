import { z } from "zod";
import { Config } from "../../config.ts";

/** One thing that can be set: a leaf of the configuration's schema. */
export interface ConfigKey {
  /** As the file nests it: `["api", "port"]`. */
  readonly path: readonly string[];
  /** `api.port` */
  readonly name: string;
  /** `IRONLEDGER_API_PORT` */
  readonly variable: string;
  /** `--api-port` */
  readonly flag: string;
  readonly description: string;
  /** In words: "whole number", "one of debug, info". "directory" and "file": a path to one. */
  readonly type: string;
  /** Of a number; empty where there is none. */
  readonly unit: string;
  /** Which values are taken, in words; empty where the type says it all. */
  readonly range: string;
  /** What holds when the key is left out, in words. */
  readonly fallback: string;
  /** The same as a value, where it is one that can be printed. */
  readonly defaultValue: unknown;
  /** Whether text from the environment or a flag is the value itself, and not YAML that says it. */
  readonly isText: boolean;
}

/** What the names in the environment begin with. */
export const variablePrefix = "IRONLEDGER_";

/** What this module reads of JSON Schema, and of `.meta()`, which zod puts beside it. */
interface Node {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Node[];
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly form?: string;
  readonly unit?: string;
  readonly range?: string;
  readonly fallback?: string;
}

const typeNames: Readonly<Record<string, string>> = {
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  string: "text",
  array: "list",
  object: "map",
};

/** Every key, in the order of the schema. */
export const configKeys: readonly ConfigKey[] = keysBelow(
  z.toJSONSchema(Config, { io: "input", unrepresentable: "any" }) as Node,
  "required",
);

/** The keys by their names in the file. */
export const keyByName: ReadonlyMap<string, ConfigKey> = new Map(configKeys.map((key) => [key.name, key]));

/** `requirement`: what is said of a key in this group that cannot be left out. */
function keysBelow(group: Node, requirement: string, path: readonly string[] = []): readonly ConfigKey[] {
  return Object.entries(group.properties ?? {}).flatMap(([name, child]) => {
    const childPath = [...path, name];
    const isRequired = group.required?.includes(name) ?? false;
    if (!child.properties) return [keyOf(child, childPath, isRequired ? requirement : "none")];
    // A group without a default may be left out as a whole.
    const isOptional = !isRequired && child.default === undefined;
    return keysBelow(
      child,
      isOptional ? `required as soon as one of \`${name}\` is set` : requirement,
      childPath,
    );
  });
}

function keyOf(node: Node, path: readonly string[], whenLeftOut: string): ConfigKey {
  const words = path.map((part) => part.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  const flag = words.join("-");
  return {
    path,
    name: path.join("."),
    variable: variablePrefix + flag.replaceAll("-", "_").toUpperCase(),
    flag: `--${flag}`,
    description: node.description ?? "",
    type: typeOf(node),
    unit: node.unit ?? "",
    range: node.range ?? rangeOf(node),
    fallback: node.fallback ?? (node.default === undefined ? whenLeftOut : JSON.stringify(node.default)),
    // Where words say it, the value is one of this machine or of another key.
    defaultValue: node.fallback === undefined ? node.default : undefined,
    isText: isText(node),
  };
}

function typeOf({ form, enum: values, type }: Node): string {
  if (form !== undefined) return form;
  return values ? `one of ${values.join(", ")}` : (typeNames[type ?? ""] ?? "");
}

function rangeOf({ minimum, maximum, maxLength }: Node): string {
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `from ${minimum}`;
  return maxLength === undefined ? "" : `at most ${maxLength} characters`;
}

function isText({ type, anyOf, enum: values }: Node): boolean {
  if (anyOf) return anyOf.every(isText);
  if (values) return values.every((value) => typeof value === "string");
  return type === "string";
}
