import "../../src/require-node.mjs";
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { SingleBar } from "cli-progress";
import { canonicalJson } from "../../src/canonical-json.ts";
import { bootEnvironmentKind } from "../../src/domain/boot-environment/decide.ts";
import { bootEnvironmentStream } from "../../src/domain/boot-environment/events.ts";
import type { EnvironmentVersion } from "../../src/domain/boot-environment/manifest.ts";
import { commandHandler } from "../../src/domain/handle-command.ts";
import { networkKind } from "../../src/domain/network/decide.ts";
import { networkStream } from "../../src/domain/network/events.ts";
import { Subnet, subnetDefaults } from "../../src/domain/network/subnet.ts";
import type { EventStore } from "../../src/domain/ports/event-store.ts";
import { Sha256 } from "../../src/domain/values/sha256.ts";
import { EnvironmentName } from "../../src/domain/values/slug.ts";
import { newId } from "../../src/ids.ts";
import { storyClock } from "./clock.ts";
import { fleetMachine, subnetsOf } from "./fleet.ts";
import { chaptersOf, leaseSeconds } from "./life.ts";
import { openSeedLog } from "./log.ts";
import { parseOptions, type SeedOptions, UsageError, usage } from "./options.ts";

/** Machines whose histories are written at the same time: a crowd shares the cost of the disk. */
const machinesAtOnce = 256;

/** `npm run seed`. Exit codes: 0 done, 1 failed, 2 not understood. */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  if (options === "help") {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  const started = performance.now();
  const events = await seed(options);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  const { machines, dataDirectory } = options;
  process.stdout.write(`${JSON.stringify({ machines, events, seconds, data: resolve(dataDirectory) })}\n`);
  return 0;
}

/** Fills the directory; resolves to how many events the log holds. */
async function seed({ machines, dataDirectory, days }: SeedOptions): Promise<number> {
  const clock = storyClock(Date.now(), days);
  const log = openSeedLog(dataDirectory, clock.now);
  const bar = new SingleBar({
    format: "{bar} {percentage}% | {value}/{total} chapters | {eta_formatted} left",
    stream: process.stderr,
    hideCursor: true,
  });
  try {
    await defineSubnets(log.store, machines);
    const environment = await publishEnvironment(log.store);
    const chapters = chaptersOf({ store: log.store, newId, clock: clock.now, environment });
    const total = machines * chapters.length;
    let done = 0;
    bar.start(total, 0);
    for (const chapter of chapters) {
      await inCrowds(machines, async (index) => {
        await chapter(fleetMachine(index));
        done++;
        clock.advance(done / total);
        bar.update(done);
      });
    }
    return (await countEvents(log.store)) ?? 0;
  } finally {
    bar.stop();
    await log.close();
  }
}

async function inCrowds(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  async function worker(): Promise<void> {
    for (let index = next++; index < count; index = next++) await work(index);
  }
  await Promise.all(Array.from({ length: Math.min(machinesAtOnce, count) }, worker));
}

async function defineSubnets(store: EventStore, machines: number): Promise<void> {
  const handle = commandHandler(networkKind, { store, newId });
  for (const { name, cidr, router, first, last } of subnetsOf(machines)) {
    const subnet = Subnet.parse({
      ...subnetDefaults,
      name,
      cidr,
      ranges: [{ first, last }],
      routers: [router],
      dnsServers: [router],
      domainName: "seed.example",
      leaseSeconds,
      unknownMachines: "discover",
    });
    const id = newId();
    const meta = { actor: "user:seed", source: "graphql", $correlationId: id, $causationId: id };
    const result = await handle(networkStream, { type: "DefineSubnet", subnet }, { meta });
    if (result.outcome === "rejected") throw new Error(result.rejection.message);
  }
}

/** A boot environment without files: its name is what the runs of the story are about. */
async function publishEnvironment(store: EventStore): Promise<EnvironmentVersion> {
  const handle = commandHandler(bootEnvironmentKind, { store, newId });
  const name = EnvironmentName.parse("seeded-image");
  const template = { sha256: digestOf(""), bytes: 0 };
  const manifest = {
    description: "What the machines of the seeded fleet were deployed with.",
    purpose: "deploy" as const,
    script: "script.ipxe.liquid",
    grub: null,
    templates: { "script.ipxe.liquid": template },
    files: {},
  };
  const digest = digestOf(canonicalJson(manifest));
  const id = newId();
  const meta = { actor: "system", source: "system", $correlationId: id, $causationId: id };
  await handle(bootEnvironmentStream(name), { type: "PublishBootEnvironment", digest, manifest }, { meta });
  return { name, version: 1, digest };
}

function digestOf(text: string): Sha256 {
  return Sha256.parse(createHash("sha256").update(text).digest("hex"));
}

/** Positions end in the place in the log, from 1, in hex. */
async function countEvents(store: EventStore): Promise<number | undefined> {
  const head = await store.head();
  return head === undefined ? undefined : Number.parseInt(head.split(".").at(-1) ?? "", 16);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`seed: ${text}${error instanceof UsageError ? `\n\n${usage}` : ""}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  },
);
