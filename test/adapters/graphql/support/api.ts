import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pino } from "pino";
import { expect, onTestFinished } from "vitest";
import { ensureFirstToken } from "../../../../src/adapters/access/first-token.ts";
import { openAccessRegistry } from "../../../../src/adapters/access/registry.ts";
import { createMemoryEventStore } from "../../../../src/adapters/event-store/memory/memory-event-store.ts";
import { overlayOpener } from "../../../../src/adapters/event-store/overlay/overlay-store.ts";
import { sharedTail } from "../../../../src/adapters/event-store/shared-tail.ts";
import { type ApiOptions, createApi } from "../../../../src/adapters/graphql/api.ts";
import type { LogVerifier } from "../../../../src/adapters/graphql/audit/verifier.ts";
import { createReadModels } from "../../../../src/adapters/graphql/read-models.ts";
import { shippedLoaders } from "../../../../src/boot/dhcp/loader.ts";
import { Checkpoints as CheckpointSettings } from "../../../../src/config/checkpoints.ts";
import { accessKind } from "../../../../src/domain/access/decide.ts";
import { commandHandler } from "../../../../src/domain/handle-command.ts";
import { BackupError } from "../../../../src/domain/ports/backup-taker.ts";
import type { EventStore } from "../../../../src/domain/ports/event-store.ts";
import type { Ipv4 } from "../../../../src/domain/values/ipv4.ts";
import { deriveId, newId } from "../../../../src/ids.ts";
import { threadEntry } from "../../../../src/paths.ts";
import { createPastViews } from "../../../../src/projections/past/past-views.ts";
import { openLogVerifier } from "../../../../src/service/audit/log-verifier.ts";
import {
  type Checkpoints,
  type CheckpointsOptions,
  openCheckpoints,
} from "../../../../src/service/checkpoints/open-checkpoints.ts";
import { createBootExplainer } from "../../../../src/service/explain/explainer.ts";
import { projectorOn, temporaryDirectory } from "../../../projections/view-files.ts";

/** The text of the schema. */
export const typeDefs = readFileSync(resolve(import.meta.dirname, "../../../../schema.graphql"), "utf8");

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape, and assert what they find.
  readonly data: any;
  readonly errors: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

/** An API that listens on loopback, over an empty log that holds nothing but the first token. */
export interface TestApi {
  readonly store: EventStore;
  readonly url: string;
  readonly token: string;
  readonly imagesDirectory: string;
  readonly tokenFile: string;
  /** Stops listening, before the test ends. */
  close(): Promise<void>;
  ask(query: string, variables?: object): Promise<Answer>;
  /** As `ask`, with these headers instead of the token. */
  askAs(headers: Readonly<Record<string, string>>, query: string, variables?: object): Promise<Answer>;
}

export interface TestApiOptions extends Partial<ApiOptions> {
  readonly store?: EventStore;
  /** What feeds follow, made of the log's shared tail. (Default: the tail itself) */
  readonly followed?: (tail: EventStore) => EventStore;
  /** Lines of the service's own log. (Default: none, a fault fails the test) */
  readonly expectedFaults?: readonly unknown[];
}

/** Where no boot environment can be published from. */
const noFolders: ApiOptions["environmentFolders"] = {
  inspect: async (name) => ({ outcome: "unusable", problem: `${name}: this test has no folders` }),
};

/** Where the log cannot be copied. */
const noBackups: ApiOptions["backups"] = {
  take: async () => {
    throw new BackupError("BACKUP_ELSEWHERE", "the log of this test is in memory");
  },
};

/** One wire, on which this host is 10.77.0.1, with the loaders that are shipped. */
const lab = {
  wires: () => [{ name: "lab", address: "10.77.0.1" as Ipv4, mode: "serve" as const }],
  httpPort: 8080,
  loaders: shippedLoaders,
};

/** Finds no log in files: what it can say is that there is none. Ends with the test. */
function openVerifier(directory: string, clock: () => Date): LogVerifier {
  const verifier = openLogVerifier({
    log: { kind: "files", directory: join(directory, "log") },
    viewsDirectory: join(directory, "views"),
    scratchDirectory: join(directory, "verification"),
    entry: threadEntry("audit"),
    ...{ clock, newId },
  });
  onTestFinished(() => verifier.close());
  return verifier;
}

/** Signs when it is asked to. Ends with the test. */
async function openEvidence(
  place: Pick<CheckpointsOptions, "store" | "projector" | "dataDirectory" | "clock">,
): Promise<Checkpoints> {
  const evidence = await openCheckpoints({
    ...place,
    newId,
    settings: CheckpointSettings.parse({}),
    isLeader: () => false,
    log: pino({ level: "silent" }),
  });
  onTestFinished(() => evidence.close());
  return evidence;
}

/** Starts one; it is closed after the test. */
export async function startApi(options: TestApiOptions = {}): Promise<TestApi> {
  const directory = temporaryDirectory();
  const imagesDirectory = join(directory, "images");
  mkdirSync(imagesDirectory);
  const clock = options.clock ?? (() => new Date());
  const { store = createMemoryEventStore(clock), followed = (tail) => tail } = options;
  const faults: string[] = [];
  const tokenFile = join(directory, "api-token");
  const handleAccess = commandHandler(accessKind, { store, newId });
  const registry = await openAccessRegistry({ reader: store, clock, onFailure: fail });
  const { known } = registry;
  await ensureFirstToken({ known, handleAccess, clock, newId, deriveId, randomBytes, file: tokenFile });
  await registry.refresh();
  const projector = options.projector ?? (await projectorOn(store, join(directory, "views")));
  const pasts = createPastViews({ directory: join(directory, "past"), path: projector.path });
  const evidence = await openEvidence({ store, projector, dataDirectory: directory, clock });
  const app = await createApi({
    evidence,
    openOverlay: overlayOpener(clock).open,
    projector,
    pasts,
    typeDefs,
    imagesDirectory,
    environmentFolders: noFolders,
    backups: noBackups,
    verifier: openVerifier(directory, clock),
    bootExplainer: createBootExplainer({ ...lab, log: store, views: createReadModels(projector) }),
    access: registry,
    notReady: () => [],
    clock,
    newId,
    deriveId,
    waitMs: 20_000,
    logger: pino({ level: "error" }, { write: (line) => faults.push(line) }),
    ...options,
    store: followed(sharedTail(store)),
  });
  onTestFinished(async () => {
    await app.close();
    await pasts.close();
    expect(faults).toEqual(options.expectedFaults ?? []);
    await registry.close();
  });
  const url = await app.listen({ host: "127.0.0.1", port: 0 });
  const token = readFileSync(tokenFile, "utf8").trim();

  async function askAs(headers: Readonly<Record<string, string>>, query: string, variables: object = {}) {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors = [] } = (await response.json()) as Answer;
    return { status: response.status, data, errors };
  }

  return {
    store,
    url,
    token,
    imagesDirectory,
    tokenFile,
    askAs,
    close: async () => app.close(),
    ask: (query, variables) => askAs({ authorization: `Bearer ${token}` }, query, variables),
  };
}

/** Puts a file into the images folder. */
export function dropImage(
  { imagesDirectory }: TestApi,
  name: string,
  content: string | Buffer = "image",
): void {
  writeFileSync(join(imagesDirectory, name), content);
}

function fail(error: unknown): void {
  throw error;
}

/** Asks views that show everything recorded so far. No error may come. */
export async function ask(api: TestApi, query: string, variables: object = {}) {
  const { data, errors } = await api.ask(query, { minPosition: await api.store.head(), ...variables });
  expect(errors).toEqual([]);
  return data;
}
