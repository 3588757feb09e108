import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { buildSchema, type GraphQLObjectType, isEnumType, isInputObjectType, parse, validate } from "graphql";
import { describe, expect, test } from "vitest";
import { apiErrorCodes } from "../../src/adapters/graphql/errors.ts";
import { reasonByCode, remedyByCode } from "../../src/cli/api/failures.ts";
import { commandByMutation } from "../../src/cli/api/in-commands.ts";
import { bulkChange, machineNamesDocument } from "../../src/cli/changes/bulk.ts";
import { type Change, changeDocument } from "../../src/cli/changes/change.ts";
import { machineDocument, machineKeysDocument } from "../../src/cli/changes/machine-reference.ts";
import { principalIdDocument } from "../../src/cli/changes/principal-reference.ts";
import { chooseColumns } from "../../src/cli/collections/choose-columns.ts";
import {
  type Collection,
  countDocument,
  listDocument,
  nameSelection,
  selectionFor,
} from "../../src/cli/collections/collection.ts";
import { filterColumns } from "../../src/cli/collections/filter-columns.ts";
import { machineDetailFields, machines } from "../../src/cli/collections/machines.ts";
import { publish } from "../../src/cli/commands/bootenvs.ts";
import { bulksDocument, finishBulk } from "../../src/cli/commands/bulks.ts";
import {
  changeClientClass,
  classDocument,
  defineClientClass,
  retireClientClass,
} from "../../src/cli/commands/classes.ts";
import { diffDocument } from "../../src/cli/commands/diff.ts";
import { eventsSubscription, tailDocument } from "../../src/cli/commands/events.ts";
import { explainDocument } from "../../src/cli/commands/explain.ts";
import { archivesDocument } from "../../src/cli/commands/log-archives.ts";
import {
  checkpointsDocument,
  consistencyDocument,
  inclusionDocument,
  signCheckpoint,
  signingDocument,
} from "../../src/cli/commands/log-checkpoints.ts";
import { cancelVerification, verificationDocument, verifyLog } from "../../src/cli/commands/log-verify.ts";
import * as lookups from "../../src/cli/commands/lookups.ts";
import { oneChange } from "../../src/cli/commands/machine-changes.ts";
import { importChange } from "../../src/cli/commands/machine-import.ts";
import { registration } from "../../src/cli/commands/machine-register.ts";
import { intentVerbs, machineVerbs } from "../../src/cli/commands/machine-verbs.ts";
import * as principals from "../../src/cli/commands/principals.ts";
import { removeReservation, reserve } from "../../src/cli/commands/reservations.ts";
import { defineAccessRole, scopesDocument, withdrawAccessRole } from "../../src/cli/commands/roles.ts";
import { confirmClock, startEpoch, statusDocument, takeBackup } from "../../src/cli/commands/service.ts";
import { rebuildView, retryView, viewSubscription } from "../../src/cli/commands/service-views.ts";
import {
  changeSubnet,
  defineSubnet,
  definitionDocument,
  retireSubnet,
} from "../../src/cli/commands/subnets.ts";
import { issueToken, revokeToken } from "../../src/cli/commands/tokens.ts";
import { machineFeed, positionDocument, runFeed } from "../../src/cli/commands/watch.ts";
import { viewerDocument } from "../../src/cli/commands/whoami.ts";
import { correlatedDocument, newestDocument, whyDocument } from "../../src/cli/commands/why.ts";
import { collectionByNoun, listedCollections } from "../../src/cli/completion/column-names.ts";
import { namedCollections, namesDocument } from "../../src/cli/completion/live-names.ts";

const schema = buildSchema(readFileSync(resolve(import.meta.dirname, "../../schema.graphql"), "utf8"));

const changes: readonly Change[] = [
  ...[...machineVerbs, ...intentVerbs].map(oneChange),
  ...[registration, importChange, bulkChange, finishBulk],
  ...[defineSubnet, changeSubnet, retireSubnet, reserve, removeReservation, publish],
  ...[defineClientClass, changeClientClass, retireClientClass],
  ...[principals.addPrincipal, principals.disablePrincipal, principals.enablePrincipal],
  ...[principals.grantAccessRole, principals.revokeAccessRole, defineAccessRole, withdrawAccessRole],
  ...[
    issueToken,
    revokeToken,
    startEpoch,
    confirmClock,
    takeBackup,
    rebuildView,
    retryView,
    verifyLog,
    cancelVerification,
    signCheckpoint,
  ],
];

const documents: readonly string[] = [
  ...listedCollections.flatMap((collection) => [
    listDocument(collection, collection.fields),
    listDocument(collection, selectionFor(collection.columns)),
    listDocument(collection, nameSelection(collection)),
    countDocument(collection),
  ]),
  ...namedCollections.map(namesDocument),
  ...changes.map(changeDocument),
  ...Object.values(lookups).flatMap((lookup) => (typeof lookup === "string" ? [lookup] : [lookup.document])),
  listDocument(machines, selectionFor(chooseColumns(machines, { names: ["label:rack/no.1"], wide: false }))),
  ...[machineDocument(machineDetailFields), machineDocument("machineId"), machineKeysDocument],
  ...[principalIdDocument, machineNamesDocument],
  ...[
    machineFeed.document,
    runFeed.document,
    eventsSubscription,
    tailDocument,
    positionDocument,
    viewSubscription,
  ],
  ...[
    bulksDocument,
    ...[archivesDocument],
    ...[checkpointsDocument, consistencyDocument, inclusionDocument, signingDocument, verificationDocument],
    scopesDocument,
    newestDocument,
    diffDocument,
    whyDocument,
    correlatedDocument,
    definitionDocument,
    classDocument,
    explainDocument,
    statusDocument,
    verificationDocument,
    viewerDocument,
  ],
];

test.each(documents)("the service takes %s", (document) => {
  expect(validate(schema, parse(document)).map(({ message }) => message)).toEqual([]);
});

test("everything that the API can be asked to do has a command", () => {
  const offered = Object.keys((schema.getMutationType() as GraphQLObjectType).getFields());
  expect(changes.map(({ mutation }) => mutation).sort()).toEqual(offered.sort());
  expect(Object.keys(commandByMutation).sort()).toEqual(offered.sort());
});

test.each(Object.entries(collectionByNoun))("%s are searched by what the API filters by", (noun, {
  type,
}) => {
  expect([...(filterColumns[noun] ?? [])].sort()).toEqual(filterFields(`${type}Filter`).sort());
});

describe.each(
  listedCollections.map((collection) => [collection.field, collection] as const),
)("%s", (_, collection) => {
  test("are sorted by nothing but what the API orders by", () => {
    const sorting = collection.columns.flatMap(({ order }) => order ?? []);
    expect(valuesOf(`${collection.type}OrderField`)).toEqual(expect.arrayContaining(sorting));
  });

  test("are counted by what the API counts by, all of it", () => {
    expect([...(collection.facets ?? [])].sort()).toEqual(valuesOf(`${collection.type}Facet`).sort());
  });

  test("can be what the API says that they can", () => {
    for (const { order, values } of collection.columns) {
      if (values) expect([order, ...values]).toEqual([order, ...valuesOf(`${collection.type}State`)]);
    }
  });

  test("have no two columns of one name", () => {
    const names = collection.columns.map(({ name }) => name.toLowerCase());
    expect(names).toEqual([...new Set(names)]);
  });
});

function valuesOf(name: string): string[] {
  const type = schema.getType(name);
  if (!isEnumType(type)) throw new Error(`the schema has no enum ${name}`);
  return type.getValues().map((value) => value.name);
}

function filterFields(name: string): string[] {
  const type = schema.getType(name);
  if (!isInputObjectType(type)) throw new Error(`the schema has no input ${name}`);
  return Object.keys(type.getFields()).filter((field) => !["and", "or", "not"].includes(field));
}

test("every remedy is for a code that the API gives", () => {
  expect(valuesOf("UserErrorCode")).toEqual(expect.arrayContaining(Object.keys(remedyByCode)));
});

test("every code that decides how the process ends is one of the API", () => {
  expect(Object.keys(apiErrorCodes)).toEqual(expect.arrayContaining(Object.keys(reasonByCode)));
});

test("a collection is one that the API lists", () => {
  const fields = (schema.getQueryType() as GraphQLObjectType).getFields();
  const unknown = listedCollections.filter(({ field }: Collection) => !(field in fields));
  expect(unknown).toEqual([]);
});
