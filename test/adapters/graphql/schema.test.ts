import {
  type GraphQLField,
  type GraphQLNamedType,
  GraphQLSchema,
  getNamedType,
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
const inputs = types.filter(isInputObjectType);
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];

interface Described {
  readonly path: string;
  readonly description: string | null | undefined;
}

/** Whatever can have a description, by its path. */
function described(type: GraphQLNamedType): readonly Described[] {
  const own = { path: type.name, description: type.description };
  const below = (parts: readonly (Omit<Described, "path"> & { readonly name: string })[]) =>
    parts.map(({ name, description }) => ({ path: `${type.name}.${name}`, description }));
  if (isEnumType(type)) return [own, ...below(type.getValues())];
  if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) return [own];
  return [own, ...below(Object.values(type.getFields()))];
}

/** Every field of an object with its path. */
const fields = objects.flatMap((object) =>
  Object.values(object.getFields()).map((field) => ({ path: `${object.name}.${field.name}`, object, field })),
);
const connectionFields = fields.filter(({ field }) => getNamedType(field.type).name.endsWith("Connection"));

describe("the schema", () => {
  test("describes every type, field, input field and value in whole sentences", () => {
    const silent = types
      .flatMap(described)
      .filter(({ description }) => !/[.!?]$/.test(description?.trim() ?? ""))
      .map(({ path }) => path);
    expect(silent).toEqual([]);
  });

  test("names types PascalCase, fields and arguments camelCase, values SCREAMING_SNAKE", () => {
    const wrongTypes = types.filter(({ name }) => !/^[A-Z][A-Za-z0-9]*$/.test(name)).map(({ name }) => name);
    const names = [
      ...fields.flatMap(({ field }) => [field.name, ...field.args.map(({ name }) => name)]),
      ...inputs.flatMap((input) => Object.keys(input.getFields())),
    ];
    const values = types.filter(isEnumType).flatMap((type) => type.getValues().map(({ name }) => name));
    expect([
      wrongTypes,
      names.filter((name) => !/^[a-z][A-Za-z0-9]*$/.test(name)),
      values.filter((name) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name)),
    ]).toEqual([[], [], []]);
  });

  test("repeats no type's name in its fields, but for what the domain itself calls a thing", () => {
    const repeating = fields
      .filter(({ object }) => !roots.includes(object) && !/(?:Payload|Connection|Edge)$/.test(object.name))
      .filter(({ object, field }) => new RegExp(`^${object.name}[A-Z]`, "i").test(field.name))
      // `id` is the node's, and `machineId` the one in events, URLs and logs.
      .filter(({ object, field }) => field.name.toLowerCase() !== `${object.name}Id`.toLowerCase())
      .map(({ path }) => path);
    expect(repeating).toEqual(["Lease.leaseSeconds"]);
  });

  test("makes every id an ID, and every node's id one that cannot be missing", () => {
    const arguments_ = fields.flatMap(({ path, field }) =>
      field.args.map((argument) => ({ path: `${path}(${argument.name}:)`, ...argument })),
    );
    const inputFields = inputs.flatMap((input) =>
      Object.values(input.getFields()).map((field) => ({ path: `${input.name}.${field.name}`, ...field })),
    );
    const named = [...fields.map(({ path, field }) => ({ path, ...field })), ...arguments_, ...inputFields];
    const wrong = named
      .filter(({ name }) => name === "id" || name === "ids")
      .filter(({ type }) => !["ID", "IdCondition"].includes(getNamedType(type).name))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
    const nodes = objects.filter((object) => object.getInterfaces().some(({ name }) => name === "Node"));
    expect(nodes.length).toBeGreaterThan(5);
    expect(nodes.map((object) => String(object.getFields()["id"]?.type))).toEqual(nodes.map(() => "ID!"));
  });

  test("has no type that nothing reaches", () => {
    const reachable = new GraphQLSchema({
      query: schema.getQueryType(),
      mutation: schema.getMutationType(),
      subscription: schema.getSubscriptionType(),
    }).getTypeMap();
    const lost = types.map(({ name }) => name).filter((name) => !(name in reachable));
    expect(lost).toEqual([]);
  });
});

describe("a connection", () => {
  test("has edges, nodes and a place to go on from (Relay's cursor connections, s. 2 to 4)", () => {
    const connections = objects.filter(({ name }) => name.endsWith("Connection"));
    expect(connections.length).toBeGreaterThan(10);
    for (const connection of connections) {
      const edge = connection.name.replace(/Connection$/, "Edge");
      const node = String(connection.getFields()["nodes"]?.type).replace(/[[\]!]/g, "");
      expect(typesOf(connection.getFields())).toEqual(
        expect.arrayContaining([`edges: [${edge}!]!`, `nodes: [${node}!]!`, "pageInfo: PageInfo!"]),
      );
      const edgeType = schema.getType(edge);
      expect(isObjectType(edgeType) && typesOf(edgeType.getFields())).toEqual(
        expect.arrayContaining(["cursor: String!", `node: ${node}!`]),
      );
    }
  });

  test("is asked for forwards and backwards, in pages", () => {
    expect(connectionFields.length).toBeGreaterThan(10);
    for (const { path, field } of connectionFields) {
      const paging = ["first: Int", "after: String", "last: Int", "before: String"];
      const args = field.args.map(({ name, type }) => `${name}: ${String(type).replace(/!$/, "")}`);
      expect([path, args]).toEqual([path, expect.arrayContaining(paging)]);
    }
  });

  test("at the root is never missing, and can be filtered, searched, ordered and waited for", () => {
    const root = connectionFields.filter(({ object }) => object === schema.getQueryType());
    expect(root.length).toBeGreaterThan(8);
    for (const { path, field } of root) {
      const names = field.args.map(({ name }) => name);
      expect([path, String(field.type)]).toEqual([path, expect.stringMatching(/!$/)]);
      expect([path, names]).toEqual([
        path,
        expect.arrayContaining(["filter", "search", "orderBy", "minPosition"]),
      ]);
    }
  });
});

describe("a mutation", () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});

  test("has one input with the four controls, and a payload", () => {
    expect(mutations.length).toBeGreaterThan(25);
    for (const mutation of mutations) expect(shapeOf(mutation)).toEqual(wantedShapeOf(mutation));
  });

  function shapeOf({ name, args, type }: GraphQLField<unknown, unknown>) {
    const input = getNamedType(args[0]?.type ?? type);
    const payload = getNamedType(type);
    const controls = isInputObjectType(input) ? input.getFields() : {};
    return {
      name,
      args: args.map((argument) => `${argument.name}: ${argument.type}`),
      dryRun: `${controls["dryRun"]?.type} = ${controls["dryRun"]?.defaultValue}`,
      controls: Object.keys(controls),
      payload: `${type}`,
      interfaces: isObjectType(payload) ? payload.getInterfaces().map(String) : [],
    };
  }

  function wantedShapeOf({ name }: GraphQLField<unknown, unknown>) {
    const pascal = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    return {
      name,
      args: [`input: ${pascal}Input!`],
      dryRun: "Boolean! = false",
      controls: expect.arrayContaining(["dryRun", "idempotencyKey", "expectedRevision", "reason"]),
      payload: expect.stringMatching(/Payload!$/),
      interfaces: ["MutationPayload"],
    };
  }
});

function typesOf(all: Readonly<Record<string, GraphQLField<unknown, unknown>>>): readonly string[] {
  return Object.values(all).map(({ name, type }) => `${name}: ${type}`);
}
