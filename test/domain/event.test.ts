import { describe, expect, test } from "vitest";
import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../../src/domain/event.ts";
import { machineCodec } from "../../src/domain/machine/events.ts";
import { networkCodec } from "../../src/domain/network/events.ts";
import { samples } from "../support/samples.ts";

describe("an event's data", () => {
  test("is written with the number of its shape", () => {
    expect(machineCodec.write(samples.MachineDiscovered)).toEqual({
      ...samples.MachineDiscovered,
      schema: 1,
    });
  });

  test("is refused when appended with a field nobody declared", () => {
    const data = { ...samples.MachineDiscovered.data, rack: 4 };
    expect(() => machineCodec.write({ type: "MachineDiscovered", data })).toThrow("rack");
  });

  test("is refused when appended with such a field anywhere inside", () => {
    const subnet = { ...samples.SubnetDefined.data.subnet, vlan: 7 };
    expect(() => networkCodec.write({ type: "SubnetDefined", data: { subnet } })).toThrow("vlan");
  });

  test("is read without the fields that a newer release added, anywhere inside", () => {
    const { inventory } = samples.InventoryReported.data;
    const newer = {
      inventory: {
        ...inventory,
        tpm: "2.0",
        disks: inventory.disks.map((disk) => ({ ...disk, wwn: "5000" })),
      },
      origin: "redfish",
    };
    expect(machineCodec.read({ type: "InventoryReported", schema: 2, data: newer })).toEqual(
      samples.InventoryReported,
    );
  });

  test("is refused when read without what it needs", () => {
    expect(() => machineCodec.read({ type: "InterfaceAdded", schema: 1, data: {} })).toThrow("mac");
  });
});

describe("an event of an unknown type", () => {
  test("is never skipped silently", () => {
    const unknown = { type: "MachineTeleported", schema: 1, data: {} };
    expect(() => machineCodec.read(unknown)).toThrow("MachineTeleported");
    expect(machineCodec.knows("MachineTeleported")).toBe(false);
    expect(machineCodec.knows("MachineDiscovered")).toBe(true);
  });
});

describe("an event whose shape grew twice", () => {
  /** Schema 1: `{ rack }`. Schema 2 told the room besides. Schema 3 counts the units of the rack. */
  const MachineMoved = defineEvent(
    "MachineMoved",
    { room: z.string(), rack: z.string(), unit: z.int().nullable() },
    {
      upcasters: [(data) => ({ room: "unknown", ...data }), (data) => ({ ...data, unit: null })],
    },
  );
  const codec = eventCodec([MachineMoved]);
  const moved = (data: EventOf<typeof MachineMoved>["data"]) => ({ type: "MachineMoved", data }) as const;

  test.each([
    { schema: 1, data: { rack: "r7" }, read: { room: "unknown", rack: "r7", unit: null } },
    { schema: 2, data: { room: "east", rack: "r7" }, read: { room: "east", rack: "r7", unit: null } },
    {
      schema: 3,
      data: { room: "east", rack: "r7", unit: 12 },
      read: { room: "east", rack: "r7", unit: 12 },
    },
    {
      schema: 4,
      data: { room: "east", rack: "r7", unit: 12, side: "front" },
      read: { room: "east", rack: "r7", unit: 12 },
    },
  ])("is read as today's from schema $schema", ({ schema, data, read }) => {
    expect(codec.read({ type: "MachineMoved", schema, data })).toEqual(moved(read));
  });

  test("is written as the newest", () => {
    expect(codec.write(moved({ room: "east", rack: "r7", unit: 12 })).schema).toBe(3);
  });

  test("is refused when no upcaster could make up what is missing", () => {
    expect(() => codec.read({ type: "MachineMoved", schema: 3, data: { rack: "r7" } })).toThrow("room");
  });
});
