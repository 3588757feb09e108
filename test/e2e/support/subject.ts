import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { createBlankDisk } from "./disk-image.ts";
import type { EventFeed } from "./event-feed.ts";
import { eventsOf, type LoggedEvent } from "./logged-event.ts";
import { startMachine, type TestMachine } from "./machine.ts";
import type { TestNetwork } from "./network.ts";
import type { MachineHardware } from "./qemu-arguments.ts";
import type { InsideService } from "./service-inside.ts";

/** A machine that a test is about, and what the service says of it. */
export interface Subject extends TestMachine {
  readonly mac: string;
  readonly disk: { readonly file: string; readonly serial: string };
  /** Its consoles' files, one for each time that it was switched on. */
  readonly consoles: () => readonly string[];
  /**
   * Waits until this happens to the machine after what the last successful call found. `where`: what the event's data
   * must hold. @throws Error with the ends of the console and of the service's log when it takes too long
   */
  readonly happens: (type: string, where?: Readonly<Record<string, unknown>>) => Promise<LoggedEvent>;
  /** Waits for a line on its console. */
  readonly says: (wanted: string | RegExp) => Promise<string>;
  /** Approves it, once its inventory is in, and has this written to its only disk. Gives the run's id. */
  readonly order: (image: { readonly file: string; readonly sha256: string }) => Promise<string>;
}

export interface SubjectOptions extends Pick<MachineHardware, "name" | "mac" | "firmware" | "networkBoot"> {
  /** (Default: 64 MiB) */
  readonly diskBytes?: number;
}

/** What a machine is put into. */
export interface Surroundings {
  readonly network: TestNetwork;
  readonly service: InsideService;
  readonly feed: EventFeed;
  readonly folder: string;
}

/** More than any step takes when the machine that runs the tests has other things to do. */
const stepMs = 240_000;

const mebibyte = 1024 * 1024;

/** Makes a machine with one empty disk, and switches it on. */
export async function powerOnSubject(
  { network, service, feed, folder }: Surroundings,
  { diskBytes = 64 * mebibyte, ...hardware }: SubjectOptions,
): Promise<Subject> {
  const { name, mac } = hardware;
  const disk = { file: join(folder, `${name}.img`), serial: `disk-of-${name}` };
  await createBlankDisk(disk.file, diskBytes);
  const machine = await startMachine(network, folder, { ...hardware, disks: [disk] });
  let seen = 0;
  let powerOns = 1;
  let machineId: string | undefined;

  const happens: Subject["happens"] = async (type, where = {}) => {
    const what = `${type} ${JSON.stringify(where)} of ${name}`;
    const look = () => {
      const events = eventsOf(mac, feed.events);
      const index = events.findIndex((event, at) => at >= seen && event.type === type && holds(event, where));
      if (index < 0) return undefined;
      seen = index + 1;
      return events[index];
    };
    try {
      return await feed.waitUntil(look, { what, timeoutMs: stepMs });
    } catch (cause) {
      const log = await readFile(service.logFile, "utf8");
      const ends = [machine.console().text(), log].map((text) => text.slice(-2000));
      throw new Error(
        `no ${what}; the ends of the console and of the service's log:\n${ends.join("\n---\n")}`,
        { cause },
      );
    }
  };

  return {
    ...machine,
    ...{ mac, disk, happens },
    consoles: () =>
      Array.from({ length: powerOns }, (_, index) => join(folder, name, `console-${index + 1}.log`)),
    says: (wanted) => machine.console().waitFor(wanted, { timeoutMs: stepMs }),

    async powerOn() {
      powerOns += 1;
      await machine.powerOn();
    },

    async order(image) {
      machineId ??= (await happens("InventoryReported")).stream.replace(/^machine-/, "");
      await mutate(service, "approveMachine", { machineId });
      return mutate(service, "deployMachine", { machineId, environment: "image-deploy", image });
    },
  };
}

function holds({ data }: LoggedEvent, where: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(where).every(([name, value]) => data[name] === value);
}

/** Sends a mutation, which must be accepted. Gives the correlation id: of `deployMachine`, the run's. */
export async function mutate(service: InsideService, name: string, input: object): Promise<string> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) {
    ${name}(input: $input) { userErrors { code message } correlationId }
  }`;
  const data = await service.graphql(query, { input });
  const payload = data[name] as { readonly userErrors: readonly unknown[]; readonly correlationId: string };
  expect(payload.userErrors).toEqual([]);
  return payload.correlationId;
}
