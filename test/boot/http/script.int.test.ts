import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { nonceLifeSeconds } from "../../../src/boot/nonce.ts";
import { renderPastScript } from "../../../src/boot/templates/past-script.ts";
import { bootCodec, bootStream } from "../../../src/domain/boot/events.ts";
import { machineKind } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import type { RecordedEvent } from "../../../src/domain/ports/event-store.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { histories } from "../../support/machine-history.ts";
import { asNew } from "../../support/recording.ts";
import { agentBootId, mac, machineId, plan, run, samples } from "../../support/samples.ts";
import { bootId, startBootService } from "./boot-service.ts";

let service: Awaited<ReturnType<typeof startBootService>>;
beforeEach(async () => {
  service = await startBootService();
});
afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  await service.stop();
});

const fetchScript = (nonce = service.nonce()) => service.ask(`/boot/${nonce}/script.ipxe`);
const machineEvents = () => service.types(machineStream(machineId));

/** The allocated machine of the samples, its plan pinned to the environment that is published here. */
function allocated(): readonly MachineEvent[] {
  const environment = service.catalogue.current.find(
    ({ version }) => version.name === "image-deploy",
  )?.version;
  if (!environment) throw new Error("image-deploy is not published");
  const set: MachineEvent = { type: "BootIntentSet", data: { plan: { ...plan, environment } } };
  return [...histories.ready, samples.MachineAllocated, set];
}

/** What was observed of the interface, once this many things were. */
async function observed(count: number): Promise<readonly RecordedEvent[]> {
  return vi.waitFor(async () => {
    const events = await service.store.readStream(bootStream(mac));
    expect(events.length).toBeGreaterThanOrEqual(count);
    return events;
  }, 20_000);
}

describe("a machine that nobody knows", () => {
  test("is discovered: it becomes a machine and gets the agent", async () => {
    const { status, text, headers } = await fetchScript();
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/plain; charset=utf-8");
    expect(text).toMatch(/^#!ipxe\necho Ironledger: discovering machine /);
    const id = /ironledger.machine=(\S+)/.exec(text)?.[1] ?? "";
    await expect(service.types(`machine-${id}`)).resolves.toEqual(["MachineDiscovered"]);
    const [discovered] = await service.store.readStream(`machine-${id}`);
    expect(discovered?.meta).toMatchObject({
      actor: `client:${mac}`,
      source: "boot",
      $correlationId: bootId,
      $causationId: bootId,
    });
  });

  test("is the same machine when it asks again", async () => {
    const [first, second] = [await fetchScript(), await fetchScript()].map(
      ({ text }) => /ironledger.machine=(\S+)/.exec(text)?.[1],
    );
    expect(first).toBe(second);
  });

  test("gets its disk where the subnet says so, and becomes no machine", async () => {
    service.state.unknownMachines = "local-disk";
    expect((await fetchScript()).text).toContain("booting from the local disk");
    await expect(service.types(`mac-${mac}`)).resolves.toEqual([]);
  });

  test("gets its disk beyond the hourly limit, and leaves nothing behind: no machine, no event, no file", async () => {
    service.state.suppressed = true;
    const before = await readdir(join(service.folder.path, "content"), { recursive: true });
    expect((await fetchScript()).text).toContain("booting from the local disk");
    expect(await readdir(join(service.folder.path, "content"), { recursive: true })).toEqual(before);
    await expect(service.types(`mac-${mac}`)).resolves.toEqual([]);
    await expect(service.types(bootStream(mac))).resolves.toEqual([]);
  });

  test("has what it got recorded, by the digests of inputs and text", async () => {
    await fetchScript();
    const [event] = await observed(1);
    expect(event).toMatchObject({
      type: "BootScriptServed",
      data: { environment: "discovery", version: 1, run: null, address: "127.0.0.1" },
      meta: { $correlationId: bootId, $causationId: bootId },
    });
  });

  test("can have its script rendered again, byte for byte, from what was kept", async () => {
    const nonce = service.nonce();
    const { text } = await fetchScript(nonce);
    const [recorded] = await observed(1);
    if (!recorded) throw new Error("nothing was observed");
    const event = bootCodec.read(recorded);
    if (event.type !== "BootScriptServed") throw new Error(event.type);
    const again = (await service.content.read(event.data.script)).toString("utf8");
    const surroundings = [
      ["Pacific/Kiritimati", 0],
      ["America/Los_Angeles", Date.UTC(2031, 5, 1)],
    ] as const;
    for (const [timeZone, now] of surroundings) {
      vi.stubEnv("TZ", timeZone);
      vi.useFakeTimers({ toFake: ["Date"], now });
      await expect(renderPastScript(event.data.inputs, service)).resolves.toBe(again);
    }
    expect(again).not.toContain(nonce);
    const token = /ironledger.token=(\S+)/.exec(text)?.[1] ?? "";
    expect(text).toBe(again.replaceAll("<<nonce>>", nonce).replaceAll("<<discoveryToken>>", token));
  });
});

describe("a machine with a live boot intent", () => {
  test("is served, and the log knew before the machine did", async () => {
    await service.machine(allocated());
    const { text } = await fetchScript();
    expect(text).toContain("ironledger.mode=deploy");
    expect(text).toContain(`ironledger.token=${service.tokens.forRun(run, "hello")}`);
    expect((await machineEvents()).at(-1)).toBe("BootIntentServed");
    const served = (await service.store.readStream(machineStream(machineId))).at(-1);
    expect(served?.meta).toMatchObject({ $correlationId: run, $causationId: bootId });
    expect((await observed(1))[0]).toMatchObject({ data: { run }, meta: { $correlationId: run } });
  });

  test("is served three times, then the intent is over and the machine gets its disk", async () => {
    await service.machine(allocated());
    for (let serving = 1; serving <= 3; serving++) {
      expect((await fetchScript()).text).toContain("ironledger.mode=deploy");
    }
    expect((await fetchScript()).text).toContain("booting from the local disk");
    expect((await machineEvents()).slice(-2)).toEqual(["BootIntentExpired", "DeploymentFailed"]);
  });

  test("gets its disk behind the fence, and the intent is untouched", async () => {
    await service.machine(allocated());
    service.state.fenced = true;
    const before = await machineEvents();
    expect((await fetchScript()).text).toContain("booting from the local disk");
    await expect(machineEvents()).resolves.toEqual(before);
  });

  test("gets its disk when the script cannot be rendered, and no serving is used up", async () => {
    await service.machine(allocated());
    service.state.rendererFails = true;
    const { status, text } = await fetchScript();
    expect(status).toBe(200);
    expect(text).toBe("#!ipxe\nsanboot --no-describe --drive 0x80 || exit 1\n");
    expect((await machineEvents()).at(-1)).toBe("BootIntentSet");
    expect((await observed(1))[0]).toMatchObject({
      type: "BootRefused",
      data: { code: "SCRIPT_UNAVAILABLE" },
    });
  });
});

describe("a machine that boots again while its agent is at work", () => {
  test("gets its disk, and its run has failed", async () => {
    await service.machine(histories.deploying);
    expect((await fetchScript()).text).toContain("booting from the local disk");
    const failed = (await service.store.readStream(machineStream(machineId))).at(-1);
    if (!failed) throw new Error("the machine has no events");
    expect(machineKind.codec.read(failed)).toMatchObject({
      type: "DeploymentFailed",
      data: { run, code: "MACHINE_REBOOTED" },
    });
    expect(failed.meta).toMatchObject({ $correlationId: run, $causationId: bootId });
  });
});

test("a machine's own script URL, asked for once more, leaves the agent at work alone", async () => {
  await service.machine(allocated());
  service.state.machineOfRun.set(run, machineId);
  const nonce = service.nonce();
  await fetchScript(nonce);
  const authorization = `Bearer ${service.tokens.forRun(run, "hello")}`;
  const hello = { headers: { authorization }, body: { agentBootId } };
  await expect(service.ask(`/agent/v1/runs/${run}/hello`, hello)).resolves.toMatchObject({ status: 200 });
  expect((await fetchScript(nonce)).text).toContain("booting from the local disk");
  expect((await machineEvents()).at(-1)).toBe("DeploymentStarted");
});

describe("a nonce that is not good", () => {
  const uniform = { status: 404, text: '{"error":"not found"}' };

  test("gets what any unknown path gets", async () => {
    await expect(service.ask("/nothing/here")).resolves.toMatchObject(uniform);
    await expect(fetchScript("x".repeat(56))).resolves.toMatchObject(uniform);
    await expect(fetchScript(service.nonce(Ipv4.parse("127.0.0.9")))).resolves.toMatchObject(uniform);
    await expect(
      service.ask(`/boot/${service.nonce()}/script.ipxe`, { from: "127.0.0.9" }),
    ).resolves.toMatchObject(uniform);
    await expect(service.types(bootStream(mac))).resolves.toEqual([]);
    await expect(service.types(`mac-${mac}`)).resolves.toEqual([]);
  });

  test("is told apart in the log alone when it is ours and too old", async () => {
    const nonce = service.nonce();
    service.state.nowMs += nonceLifeSeconds * 1000;
    await expect(fetchScript(nonce)).resolves.toMatchObject(uniform);
    expect((await observed(1))[0]).toMatchObject({ type: "BootRefused", data: { code: "NONCE_EXPIRED" } });
    await expect(service.types(`mac-${mac}`)).resolves.toEqual([]);
  });

  test("is written into no log line", async () => {
    const nonce = service.nonce();
    for (const path of [
      `/boot/${nonce}/script.ipxe`,
      `/boot/${nonce}/nothing`,
      `/%62oot/${nonce}/x`,
      `//boot//${nonce}`,
    ]) {
      await service.ask(path);
    }
    const token = /ironledger.token=(\S+)/.exec((await fetchScript(nonce)).text)?.[1] ?? "";
    await vi.waitFor(() => expect(service.state.logged.length).toBeGreaterThan(3), 20_000);
    const written = service.state.logged.join("") + JSON.stringify(await observed(1));
    expect(written).not.toContain(nonce);
    expect(token.length).toBeGreaterThan(20);
    expect(written).not.toContain(token);
  });
});

test("a machine gets its disk, and no more, while the log cannot be read", async () => {
  await service.store.close();
  expect((await fetchScript()).text).toContain("booting from the local disk");
  expect(service.state.errors.join()).toContain("the log is closed");
});

test("a script is not served to a HEAD request", async () => {
  await service.machine(allocated());
  await expect(
    service.ask(`/boot/${service.nonce()}/script.ipxe`, { method: "HEAD" }),
  ).resolves.toMatchObject({
    status: 404,
  });
  expect((await machineEvents()).at(-1)).toBe("BootIntentSet");
});

test("an intent is served from the moment that it is in the log", async () => {
  await service.machine(histories.ready);
  expect((await fetchScript()).text).toContain("booting from the local disk");
  const [allocation, intent] = allocated().slice(-2);
  if (!allocation || !intent) throw new Error("the sample has no intent");
  const events = asNew(machineKind.codec, [allocation, intent], () => crypto.randomUUID());
  await service.store.append(machineStream(machineId), {
    expectedRevision: histories.ready.length - 1,
    events,
  });
  expect((await fetchScript()).text).toContain("ironledger.mode=deploy");
});
