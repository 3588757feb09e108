import {
  buildSchema,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
} from "graphql";
import { describe, expect, test } from "vitest";
import { createReadModels } from "../../../../src/adapters/graphql/read-models.ts";
import { projectorOn, temporaryDirectory } from "../../../projections/view-files.ts";
import { memoryLog } from "../../../support/recording.ts";
import { typeDefs } from "../support/api.ts";

const schema = buildSchema(typeDefs);

/** Which collection each kind of object is listed from. */
const kinds = {
  Machine: "machines",
  Interface: "interfaces",
  Lease: "leases",
  Subnet: "subnets",
  AddressUsage: "addressUsage",
  Reservation: "reservations",
  BootEnvironment: "bootEnvironments",
  Run: "runs",
  Event: "events",
  Checkpoint: "checkpoints",
} as const;
type Kind = keyof typeof kinds;

/** What the schema takes as a condition on each kind of column. */
const conditions: Readonly<Record<string, RegExp>> = {
  text: /^(TextCondition|DeploymentFailureCodeCondition)$/,
  id: /^IdCondition$/,
  enum: /Condition$/,
  boolean: /^Boolean$/,
  number: /^NumberCondition$/,
  time: /^TimeCondition$/,
  address: /^AddressCondition$/,
  mac: /^MacCondition$/,
};

/** Columns that nobody needs a condition on: the order of the log is asked for by time. */
const withoutCondition = new Set(["Event.position", "Checkpoint.position"]);

const input = (name: string) => schema.getType(name) as GraphQLInputObjectType;
const enumNames = (name: string) =>
  (schema.getType(name) as GraphQLEnumType).getValues().map(({ name: value }) => value);
const columnOf = (name: string) =>
  name.toLowerCase().replace(/_([a-z])/g, (_all, letter: string) => letter.toUpperCase());

async function collectionOf(kind: Kind) {
  const projector = await projectorOn(memoryLog(), temporaryDirectory());
  return createReadModels(projector).lists[kinds[kind]];
}

describe.each(Object.keys(kinds) as Kind[])("listing %s objects", (kind) => {
  test("takes a condition on every column, of the column's kind", async () => {
    const { columns, labels } = await collectionOf(kind);
    const fields = Object.values(input(`${kind}Filter`).getFields());
    const stated = fields.filter(({ name }) => !["and", "or", "not", "label"].includes(name));
    const wanted = Object.keys(columns).filter((name) => !withoutCondition.has(`${kind}.${name}`));
    expect(stated.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
    for (const { name, type } of stated) {
      expect(getNamedType(type).name, name).toMatch(conditions[columns[name]?.kind ?? ""] ?? /^$/);
    }
    if (!labels) expect(fields.map(({ name }) => name)).not.toContain("label");
  });

  test("orders and counts by the columns that can be", async () => {
    const { columns, defaultOrder } = await collectionOf(kind);
    const having = (property: "ordered" | "faceted") =>
      Object.keys(columns).filter((name) => columns[name]?.[property]);
    expect(enumNames(`${kind}OrderField`).map(columnOf).toSorted()).toEqual(
      expect.arrayContaining([defaultOrder.column]),
    );
    expect(having("ordered")).toEqual(expect.arrayContaining(enumNames(`${kind}OrderField`).map(columnOf)));
    expect(enumNames(`${kind}Facet`).map(columnOf).toSorted()).toEqual(having("faceted").toSorted());
  });

  test("spells every value of an enum", async () => {
    const { columns } = await collectionOf(kind);
    for (const [name, { kind: of, values }] of Object.entries(columns)) {
      if (of !== "enum") continue;
      const condition = getNamedType(input(`${kind}Filter`).getFields()[name]?.type);
      if (!isInputObjectType(condition)) expect.fail(`${name} has no condition`);
      const eq = getNamedType(condition.getFields()["eq"]?.type);
      if (!isEnumType(eq)) expect.fail(`${name} is compared with no enum`);
      expect(eq.getValues(), name).toHaveLength(values?.length ?? 0);
    }
  });
});
