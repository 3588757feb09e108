import { buildSchema } from "graphql";
import { expect, test } from "vitest";
import { createMemoryEventStore } from "../../../src/adapters/event-store/memory/memory-event-store.ts";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { type EventStore, EventStoreError } from "../../../src/domain/ports/event-store.ts";
import type { RunId } from "../../../src/domain/values/run-id.ts";
import { newId } from "../../../src/ids.ts";
import { meta } from "../../support/recording.ts";
import { agentBootId } from "../../support/samples.ts";
import { dropImage, startApi, type TestApi, type TestApiOptions, typeDefs } from "./support/api.ts";
import { command, inspect, macOf, publish } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";

const reason = "it is in the change calendar";

/** What somebody sends, and what it comes to. */
type Send = (name: string, input: object, fields?: string) => Promise<Record<string, unknown>>;

const sha256 = "0".repeat(64);
const expiresAt = new Date(Date.now() + 86_400_000).toISOString();
const image = { file: "disk.img", sha256 };
const set = [{ key: "rack", value: "r7" }];
const subnet = { name: "rack-1", cidr: "10.0.0.0/24", routers: ["10.0.0.1"] };
const phones = { name: "phones", match: { macPrefixes: ["00:04:f2"] } };

/** Mutations that record nothing. */
const recordsNothing: readonly string[] = ["verifyLog", "cancelVerification", "rebuildView", "retryView"];

const stories: readonly ((send: Send, api: TestApi, log: FailingLog) => Promise<void>)[] = [
  async (send) => {
    await send("defineSubnet", subnet);
    await send("changeSubnet", { ...subnet, leaseSeconds: 600 });
    await send("reserveAddress", { address: "10.0.0.9", for: { mac: macOf(1) } });
    await send("removeReservation", { address: "10.0.0.9" });
    await send("retireSubnet", { name: "rack-1" });
    await send("defineClientClass", phones);
    await send("changeClientClass", { ...phones, priority: 7 });
    await send("retireClientClass", { name: "phones" });
  },
  async (send, api) => {
    const machineId = await inspect(api.store);
    await publish(api.store);
    await publish(api.store, "discovery", "discover");
    dropImage(api, image.file);
    const about = (name: string, input: object = {}) => send(name, { machineId, ...input });
    await about("renameMachine", { name: "node-1" });
    await about("labelMachine", { set });
    await about("setMachineParams", { set: [{ key: "ntp", value: "10.0.0.1" }] });
    await about("lockMachine");
    await about("unlockMachine");
    await about("approveMachine");
    await about("setBootIntent", { environment: "discovery" });
    await about("withdrawBootIntent");
    await about("setMachineDhcpOptions", { options: [{ option: "ntp-servers", value: "10.0.0.1" }] });
    const deployed = await send(
      "deployMachine",
      { machineId, environment: "image-deploy", image },
      "run { runId }",
    );
    const { runId } = deployed["run"] as { readonly runId: RunId };
    await command(api.store, machineId, { type: "ServeBootIntent", run: runId });
    await command(api.store, machineId, { type: "ReportHello", run: runId, agentBootId });
    await command(api.store, machineId, {
      type: "FailRun",
      run: runId,
      code: "AGENT_FAILED",
      message: "no disk",
    });
    await about("releaseMachine");
    await about("quarantineMachine", { message: "it smells of smoke" });
    await about("retireMachine");
  },
  async (send, api, log) => {
    await send("registerMachine", { macs: [macOf(7)], name: "web-7", labels: set });
    await send("importMachines", { format: "CSV", content: `mac,name\n${macOf(8)},web-8\n` });
    const machineIds = [await inspect(api.store, 11), await inspect(api.store, 12)];
    await send("changeMachines", { selector: { machineIds }, action: { lock: true } });
    log.failAfter(2);
    const input = { selector: { machineIds }, action: { unlock: true } };
    await api.ask("mutation ($input: ChangeMachinesInput!) { changeMachines(input: $input) { matched } }", {
      input,
    });
    log.failAfter(Number.POSITIVE_INFINITY);
    const page = await api.store.readAll({
      after: undefined,
      limit: 1_000,
      filter: { categories: ["bulk"] },
    });
    const bulkId = page.events.at(-1)?.stream.replace("bulk-", "") ?? "";
    await send("finishBulkChange", { bulkId });
  },
  async (send, api) => {
    await send("publishBootEnvironment", { name: "plain" });
    const { handleSystem } = createCommands(api.store, newId);
    await handleSystem("system", { type: "RecordClockStep", fromMs: 0, toMs: 3_600_000 }, { meta });
    await send("confirmClock", {});
    const restored = {
      evidence: "copied-files",
      previousIncarnation: "000100000000",
      message: "a copy",
    } as const;
    await handleSystem("system", { type: "RecordRestore", ...restored }, { meta });
    await send("startEffectsEpoch", {});
    await send("takeBackup", {});
    await send("signCheckpoint", {});
  },
  async (send) => {
    const added = await send("addPrincipal", { name: "eve", kind: "PERSON" }, "principal { principalId }");
    const { principalId } = added["principal"] as { readonly principalId: string };
    await send("defineAccessRole", { name: "racks", rules: [{ scopes: ["service:read"] }] });
    await send("grantAccessRole", { principalId, role: "racks" });
    await send("revokeAccessRole", { principalId, role: "racks" });
    await send("withdrawAccessRole", { name: "racks" });
    const issued = await send("issueToken", { principalId, name: "laptop", expiresAt }, "token { tokenId }");
    const { tokenId } = issued["token"] as { readonly tokenId: string };
    await send("revokeToken", { tokenId });
    await send("disablePrincipal", { principalId });
    await send("enablePrincipal", { principalId });
  },
];

interface FailingLog {
  readonly store: EventStore;
  /** Takes so many appends, and then none. */
  failAfter(appends: number): void;
}

function failingLog(): FailingLog {
  const store = createMemoryEventStore(() => new Date());
  let left = Number.POSITIVE_INFINITY;
  return {
    failAfter: (appends) => {
      left = appends;
    },
    store: {
      ...store,
      async append(stream, batch) {
        if (left-- <= 0) throw new EventStoreError("LOG_READ_ONLY", "no room is left");
        return store.append(stream, batch);
      },
    },
  };
}

const surroundings: TestApiOptions = {
  environmentFolders: {
    async inspect() {
      const manifest = { description: "for a test", purpose: "deploy", script: "script.liquid" } as const;
      const scripts = [{ format: "ipxe", before: undefined, after: "#!ipxe\nboot\n" }] as const;
      const plain = { ...manifest, grub: null, templates: {}, files: {} };
      return { outcome: "usable", digest: "a".repeat(64) as never, manifest: plain, scripts };
    },
  },
  backups: {
    take: async () => ({ file: "ledger.db", events: 1, lastHash: sha256, bytes: 1, sha256: sha256 as never }),
  },
};

test("every event of every mutation says who asked for it, why, from where, and what it followed from", async () => {
  const sent = new Set<string>();
  for (const story of stories) {
    const log = failingLog();
    const api = await startApi({ ...surroundings, store: log.store });
    await story(sender(api, sent), api, log);
  }
  const offered = Object.keys(buildSchema(typeDefs).getMutationType()?.getFields() ?? {});
  expect([...sent, ...recordsNothing].toSorted()).toEqual(offered.toSorted());
});

/** Sends a mutation with a reason, and looks at all that it appended. */
function sender(api: TestApi, sent: Set<string>): Send {
  return async (name, input, fields = "") => {
    sent.add(name);
    const head = await api.store.head();
    const payload = await mutate(api, { name, input: { ...input, reason }, fields });
    expect(payload, name).toMatchObject({ userErrors: [] });
    const { events } = await api.store.readAll({ after: head, limit: 1_000 });
    // Who used a token for the first time in a while is recorded beside.
    const own = events.filter(({ type }) => type !== "AccessTokenUsed");
    expect(own.length, name).toBeGreaterThan(0);
    for (const { type, meta: said } of own) {
      expect(said, `${name}: ${type}`).toMatchObject({
        ...{ actor: "user:operator", source: "graphql", sourceAddress: "127.0.0.1", reason },
        ...{ $correlationId: payload.correlationId, $causationId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
      });
    }
    return payload;
  };
}
