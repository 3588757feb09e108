import {
  type GraphQLArgument,
  type GraphQLNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { createApiSchema } from "../../../src/adapters/graphql/schema.ts";
import { typeDefs } from "./support/api.ts";

const schema = createApiSchema(typeDefs);
const types = Object.values(schema.getTypeMap()).filter(
  ({ name }) => !name.startsWith("__") && !/^(?:String|Int|Float|Boolean|ID)$/.test(name),
);
const objects = types.filter(isObjectType);

/** Whatever can have a description, by its path. */
function described(
  type: GraphQLNamedType,
): readonly { readonly path: string; readonly description: string | null | undefined }[] {
  const own = { path: type.name, description: type.description };
  if (isEnumType(type))
    return [
      own,
      ...type.getValues().map(({ name, description }) => ({ path: `${type.name}.${name}`, description })),
    ];
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [own];
  const fields = Object.values(type.getFields()).map(({ name, description }) => ({
    path: `${type.name}.${name}`,
    description,
  }));
  return [own, ...fields];
}

describe("the schema", () => {
  test("describes everything in whole sentences", () => {
    const silent = types
      .flatMap(described)
      .filter(({ description }) => !/[.!?]$/.test(description?.trim() ?? ""));
    expect(silent).toEqual([]);
  });

  test("gives every connection edges, nodes and a place to go on from", () => {
    const connections = objects.filter(({ name }) => name.endsWith("Connection"));
    expect(connections.length).toBeGreaterThan(5);
    for (const connection of connections) {
      const element = String(connection.getFields()["nodes"]?.type).replace(/[[\]!]/g, "");
      expect(Object.values(connection.getFields()).map(({ name, type }) => `${name}: ${type}`)).toEqual(
        expect.arrayContaining([
          `edges: [${connection.name.replace("Connection", "Edge")}!]!`,
          `nodes: [${element}!]!`,
          "pageInfo: PageInfo!",
        ]),
      );
    }
  });

  test("asks every connection for `first` and `after`", () => {
    const fields = objects.flatMap((object) => Object.values(object.getFields()));
    for (const { name, type, args } of fields.filter((field) => String(field.type).endsWith("Connection!"))) {
      expect([name, ...args.slice(0, 2).map(shown)]).toEqual([name, "first: Int! = 50", "after: String"]);
      expect(String(type)).toMatch(/!$/);
    }
  });

  test("lets every query of a view wait for a position", () => {
    const fromTheLog = ["position", "service"];
    const queries = Object.values(schema.getQueryType()?.getFields() ?? {}).filter(
      ({ name }) => !fromTheLog.includes(name),
    );
    for (const { name, args } of queries) {
      expect([name, args.map(shown)]).toEqual([name, expect.arrayContaining(["minPosition: EventPosition"])]);
    }
  });

  test("gives every mutation one input with the usual controls, and a payload", () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    expect(mutations.length).toBeGreaterThan(10);
    for (const { name, args, type } of mutations) {
      const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      expect([name, args.map(shown)]).toEqual([name, [`input: ${input}!`]]);
      const definition = schema.getType(input);
      const payload = schema.getType(String(type).replace("!", ""));
      const interfaces = isObjectType(payload) ? payload.getInterfaces().map(String) : [];
      expect([name, interfaces]).toEqual([name, ["MutationPayload"]]);
      const controls = isInputObjectType(definition) ? Object.keys(definition.getFields()) : [];
      expect(controls).toEqual(expect.arrayContaining(["idempotencyKey", "expectedRevision", "reason"]));
    }
  });
});

function shown({ name, type, defaultValue }: GraphQLArgument): string {
  return `${name}: ${type}${defaultValue === undefined ? "" : ` = ${defaultValue}`}`;
}
