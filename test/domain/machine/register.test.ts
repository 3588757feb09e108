import { describe, expect, test } from "vitest";
import { machineCommandScopes } from "../../../src/adapters/graphql/guard/command-scopes.ts";
import { macClaimStream, nameClaimStream } from "../../../src/domain/claim/events.ts";
import { discoverMachine } from "../../../src/domain/machine/discover.ts";
import { registerMachine } from "../../../src/domain/machine/register.ts";
import { retireMachine } from "../../../src/domain/machine/retire.ts";
import { machineStream } from "../../../src/domain/values/machine-id.ts";
import { handlersOn, memoryLog, meta, typesOf } from "../../support/recording.ts";
import { busyAt } from "../../support/refusing.ts";
import {
  mac,
  machineId,
  machineName,
  nowMs,
  otherMac,
  otherMachineId,
  secondMac,
} from "../../support/samples.ts";

const registration = { newMachineId: machineId, macs: [mac, secondMac], name: machineName };
const stream = machineStream(machineId);
const claims = [macClaimStream(mac), macClaimStream(secondMac), nameClaimStream(machineName)];
const context = { meta };
const another = { meta: { ...meta, $causationId: "another request", $correlationId: "another request" } };

function setUp() {
  const store = memoryLog();
  const handlers = handlersOn(store);
  const claimTypes = () => Promise.all(claims.map((claim) => typesOf(store, claim)));
  const claim = (of: string, by = otherMachineId) =>
    handlers.handleClaim(of, { type: "Claim", machineId: by }, another);
  return { store, handlers, claim, claimTypes };
}

describe("registering a machine", () => {
  test("claims its addresses and its name for it", async () => {
    const { store, handlers, claimTypes } = setUp();
    const labels = { rack: "b7" };
    const params = { zone: "a" };
    expect(await registerMachine(handlers, { ...registration, labels, params }, context)).toMatchObject({
      outcome: "accepted",
      machineId,
      state: { status: "registered", macs: [mac, secondMac], name: machineName, labels, params },
    });
    expect(await claimTypes()).toEqual(claims.map(() => ["Claimed"]));
    expect(await typesOf(store, stream)).toEqual([
      "MachineRegistered",
      "MachineRenamed",
      "LabelsChanged",
      "ParamsChanged",
    ]);
  });

  test("names each address once, and needs no name", async () => {
    const { handlers } = setUp();
    const bare = { newMachineId: machineId, macs: [mac, mac] };
    expect(await registerMachine(handlers, bare, context)).toMatchObject({
      state: { status: "registered", macs: [mac], name: undefined },
    });
  });

  test("makes it the machine that is discovered when it boots", async () => {
    const { store, handlers } = setUp();
    await registerMachine(handlers, registration, context);
    const discovery = { newMachineId: otherMachineId, mac: secondMac, architecture: null };
    expect(await discoverMachine(handlers, discovery, meta)).toMatchObject({
      machineId,
      state: { status: "discovered", macs: [secondMac, mac], name: machineName },
    });
    expect((await typesOf(store, stream)).at(-1)).toBe("MachineDiscovered");
  });
});

describe("a registration that is refused", () => {
  test("because a machine has one of the addresses gives back what it claimed", async () => {
    const { store, handlers, claimTypes } = setUp();
    await discoverMachine(
      handlers,
      { newMachineId: otherMachineId, mac: secondMac, architecture: null },
      meta,
    );
    expect(await registerMachine(handlers, registration, context)).toMatchObject({
      outcome: "rejected",
      rejection: { code: "MAC_TAKEN", message: expect.stringContaining(secondMac) },
    });
    expect(await claimTypes()).toEqual([["Claimed", "Released"], ["Claimed"], []]);
    expect(await typesOf(store, stream)).toEqual([]);
  });

  test("because another machine has the name gives back what it claimed", async () => {
    const { handlers, claim, claimTypes } = setUp();
    await claim(nameClaimStream(machineName));
    expect(await registerMachine(handlers, registration, context)).toMatchObject({
      rejection: { code: "NAME_TAKEN" },
    });
    expect(await claimTypes()).toEqual([["Claimed", "Released"], ["Claimed", "Released"], ["Claimed"]]);
  });

  test("because of its params claims nothing", async () => {
    const { handlers, claimTypes } = setUp();
    const params = { "root-password": "x" };
    expect(await registerMachine(handlers, { ...registration, params }, context)).toMatchObject({
      rejection: { code: "PARAM_LOOKS_SECRET" },
    });
    expect(await claimTypes()).toEqual(claims.map(() => []));
  });

  test("because a claim could not be decided gives back what it claimed", async () => {
    const { handlers, claimTypes } = setUp();
    const handleClaim: typeof handlers.handleClaim = (of, command, given) =>
      of === macClaimStream(secondMac)
        ? busyAt(["Claim"], handlers.handleClaim)(of, command, given)
        : handlers.handleClaim(of, command, given);
    expect(await registerMachine({ ...handlers, handleClaim }, registration, context)).toMatchObject({
      rejection: { code: "STREAM_BUSY" },
    });
    expect(await claimTypes()).toEqual([["Claimed", "Released"], [], []]);
  });
});

describe("claims that are in use by the time that a registration is refused", () => {
  /** Something that happens right before the registration sends a command of this type. */
  function meanwhile(handlers: ReturnType<typeof handlersOn>, type: string, act: () => Promise<unknown>) {
    let happened = false;
    const precede = async (sent: string) => {
      if (happened || sent !== type) return;
      happened = true;
      await act();
    };
    return {
      async handleMachine(...given: Parameters<typeof handlers.handleMachine>) {
        await precede(given[1].type);
        return handlers.handleMachine(...given);
      },
      async handleClaim(...given: Parameters<typeof handlers.handleClaim>) {
        if (given[0] === nameClaimStream(machineName)) await precede(`${given[1].type} name`);
        return handlers.handleClaim(...given);
      },
    };
  }

  test("stay with the machine that booted meanwhile, and only the others are given back", async () => {
    const { handlers, claimTypes } = setUp();
    const boot = () =>
      discoverMachine(handlers, { newMachineId: otherMachineId, mac, architecture: null }, meta);
    const racing = meanwhile(handlers, "RegisterMachine", boot);
    expect(await registerMachine(racing, registration, context)).toMatchObject({
      rejection: { code: "MACHINE_EXISTS" },
    });
    expect(await claimTypes()).toEqual([["Claimed"], ["Claimed", "Released"], ["Claimed", "Released"]]);
    expect(await boot()).toMatchObject({ machineId });
  });

  test("stay with the machine that another request registered meanwhile", async () => {
    const { handlers, claimTypes } = setUp();
    const other = { newMachineId: otherMachineId, macs: [mac] };
    const racing = meanwhile(handlers, "RegisterMachine", () => registerMachine(handlers, other, another));
    expect(await registerMachine(racing, registration, context)).toMatchObject({
      rejection: { code: "MACHINE_EXISTS" },
    });
    expect(await claimTypes()).toEqual([["Claimed"], ["Claimed", "Released"], ["Claimed", "Released"]]);
  });

  test("stay with the machine although the refusal was decided without it", async () => {
    const { handlers, claim, claimTypes } = setUp();
    await claim(nameClaimStream(machineName));
    const other = { newMachineId: otherMachineId, macs: [mac, secondMac] };
    const racing = meanwhile(handlers, "Claim name", () => registerMachine(handlers, other, another));
    expect(await registerMachine(racing, registration, context)).toMatchObject({
      rejection: { code: "NAME_TAKEN" },
    });
    expect(await claimTypes()).toEqual([["Claimed"], ["Claimed"], ["Claimed"]]);
  });
});

describe("registering a machine again", () => {
  test("under the same idempotency key answers as the first time", async () => {
    const { store, handlers } = setUp();
    const repeatable = { meta, repeatable: { nowMs } };
    const first = await registerMachine(handlers, registration, repeatable);
    const head = await store.head();
    expect(await registerMachine(handlers, registration, repeatable)).toEqual(first);
    expect(await store.head()).toBe(head);
  });

  test("as another request, with the same addresses and name, records nothing", async () => {
    const { store, handlers } = setUp();
    await registerMachine(handlers, registration, context);
    const head = await store.head();
    const again = { ...registration, newMachineId: otherMachineId };
    expect(await registerMachine(handlers, again, another)).toMatchObject({
      outcome: "accepted",
      machineId,
      eventIds: [],
    });
    expect(await store.head()).toBe(head);
  });

  test("with other addresses is refused", async () => {
    const { handlers } = setUp();
    await registerMachine(handlers, registration, context);
    const other = { ...registration, newMachineId: otherMachineId, macs: [otherMac, mac] };
    expect(await registerMachine(handlers, other, another)).toMatchObject({
      rejection: { code: "MAC_TAKEN", message: expect.not.stringContaining(machineId) },
    });
  });

  test("is refused when the machine's stream cannot be decided on", async () => {
    const { handlers } = setUp();
    await registerMachine(handlers, registration, context);
    const handleMachine = busyAt(["RegisterMachine"], handlers.handleMachine);
    const again = { ...registration, newMachineId: otherMachineId };
    expect(await registerMachine({ ...handlers, handleMachine }, again, another)).toMatchObject({
      rejection: { code: "STREAM_BUSY" },
    });
  });
});

describe("registering a machine once more", () => {
  test("under the same idempotency key, after it was retired, claims nothing for it", async () => {
    const { handlers, claimTypes } = setUp();
    const repeatable = { meta, repeatable: { nowMs } };
    await registerMachine(handlers, registration, repeatable);
    await retireMachine(handlers, machineId, another);
    expect(await registerMachine(handlers, registration, repeatable)).toMatchObject({
      outcome: "accepted",
      state: { status: "retired" },
    });
    expect(await claimTypes()).toEqual(claims.map(() => ["Claimed", "Released", "Claimed", "Released"]));
  });

  test("with labels or params that it does not have is refused: they would get lost", async () => {
    const { handlers } = setUp();
    await registerMachine(handlers, { ...registration, labels: { rack: "b7" } }, context);
    const again = { ...registration, newMachineId: otherMachineId };
    expect(await registerMachine(handlers, { ...again, labels: { rack: "b8" } }, another)).toMatchObject({
      rejection: { code: "MAC_TAKEN" },
    });
    expect(await registerMachine(handlers, { ...again, labels: { rack: "b7" } }, another)).toMatchObject({
      outcome: "accepted",
    });
  });

  test("takes no scope but that of registering", async () => {
    const { handlers } = setUp();
    await registerMachine(handlers, registration, context);
    const sent: string[] = [];
    const handleMachine: typeof handlers.handleMachine = (stream, command, given) => {
      sent.push(machineCommandScopes[command.type]);
      return handlers.handleMachine(stream, command, given);
    };
    const other = { ...registration, newMachineId: otherMachineId, macs: [otherMac, mac] };
    await registerMachine({ ...handlers, handleMachine }, other, another);
    expect(new Set(sent)).toEqual(new Set(["machines:edit"]));
  });
});

describe("claims that a crash left without a machine", () => {
  test("are completed under the id that they name", async () => {
    const { store, handlers, claim, claimTypes } = setUp();
    await claim(macClaimStream(secondMac));
    expect(await registerMachine(handlers, registration, context)).toMatchObject({
      outcome: "accepted",
      machineId: otherMachineId,
      state: { status: "registered" },
    });
    expect(await claimTypes()).toEqual([["Claimed", "Released", "Claimed"], ["Claimed"], ["Claimed"]]);
    expect(await typesOf(store, stream)).toEqual([]);
  });

  test("of two machines are left to the machines' own boots", async () => {
    const { handlers, claim, claimTypes } = setUp();
    await claim(macClaimStream(mac));
    await claim(macClaimStream(secondMac), machineId);
    const fresh = { ...registration, newMachineId: machineId };
    expect(await registerMachine(handlers, fresh, context)).toMatchObject({
      rejection: { code: "MAC_TAKEN", message: expect.stringContaining(secondMac) },
    });
    expect(await claimTypes()).toEqual([["Claimed"], ["Claimed"], []]);
  });
});
