import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  OperationTypeNode,
} from "graphql";
import { createApiSchema } from "../../../../src/adapters/graphql/schema.ts";
import { typeDefs } from "./api.ts";

export const schema = createApiSchema(typeDefs);

const scalarValues: Readonly<Record<string, string>> = {
  MAC: '"52:54:00:00:00:01"',
  IPv4: '"10.0.0.1"',
  CIDR: '"10.0.0.0/24"',
  Sha256: `"${"0".repeat(64)}"`,
  Int: "1",
  SafeInt: "1",
  Boolean: "true",
};

/** A call of a field with a value for each argument that it must have. */
function call({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const given = args.filter(isRequired).map((argument) => `${argument.name}: ${value(argument.type)}`);
  const list = given.length > 0 ? `(${given.join(", ")})` : "";
  return `${name}${list}${isCompositeType(getNamedType(type)) ? " { __typename }" : ""}`;
}

function isRequired({ type, defaultValue }: Pick<GraphQLArgument, "type" | "defaultValue">): boolean {
  return isNonNullType(type) && defaultValue === undefined;
}

function value(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return "[]";
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? "";
  if (!isInputObjectType(nullable)) return scalarValues[nullable.name] ?? '"a"';
  const fields = Object.values(nullable.getFields());
  const given = nullable.isOneOf ? fields.slice(0, 1) : fields.filter(isRequired);
  return `{ ${given.map((field) => `${field.name}: ${value(field.type)}`).join(", ")} }`;
}

/** One document for every field that a request can begin with, so that a field which joins is tested too. */
export const documents = Object.values(OperationTypeNode).flatMap((operation) =>
  Object.values(schema.getRootType(operation)?.getFields() ?? {}).map((field) => ({
    name: `${operation} ${field.name}`,
    operation,
    query: `${operation} { ${call(field)} }`,
  })),
);
