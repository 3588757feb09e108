import { describe, expect, test } from "vitest";
import { startApi } from "./support/api.ts";
import { command, inspect, macOf } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";

const address = "10.77.0.17";
const fields = "lease { reservedFor }";

async function apiWithSubnet() {
  const api = await startApi();
  await mutate(api, { name: "defineSubnet", input: { name: "rack-7", cidr: "10.77.0.0/16" } });
  return { api, machineId: await inspect(api.store) };
}

describe("reserving an address for a machine", () => {
  test("sets it aside for the interface that the machine has", async () => {
    const { api, machineId } = await apiWithSubnet();
    const input = { address, for: { machineId } };
    expect(await mutate(api, { name: "reserveAddress", input, fields })).toMatchObject({
      userErrors: [],
      lease: { reservedFor: macOf(1) },
    });
  });

  test("is refused when it has more than one: which is meant is for people to say", async () => {
    const { api, machineId } = await apiWithSubnet();
    await command(api.store, machineId, { type: "AddInterface", mac: macOf(2) });
    const input = { address, for: { machineId } };
    expect(await mutate(api, { name: "reserveAddress", input, fields })).toMatchObject({
      lease: null,
      userErrors: [
        {
          code: "INTERFACE_AMBIGUOUS",
          field: "machineId",
          message: `the machine has the interfaces ${macOf(1)}, ${macOf(2)}`,
          remedy: "name the interface by its mac",
        },
      ],
    });
  });

  test("is refused for a machine that is not there, or is gone", async () => {
    const { api, machineId } = await apiWithSubnet();
    await mutate(api, { name: "retireMachine", input: { machineId } });
    for (const id of [machineId, "01920000-0000-7000-8000-00000000dead"]) {
      const input = { address, for: { machineId: id } };
      expect(await mutate(api, { name: "reserveAddress", input })).toMatchObject({
        userErrors: [{ code: "MACHINE_UNKNOWN", field: "machineId" }],
      });
    }
  });

  test.each([{}, { mac: macOf(1), machineId: "x" }])("needs one key, not %j", async (holder) => {
    const { api } = await apiWithSubnet();
    const { errors } = await api.ask(
      "mutation ($input: ReserveAddressInput!) { reserveAddress(input: $input) { position } }",
      { input: { address, for: holder } },
    );
    expect(errors).toMatchObject([{ message: expect.stringContaining("ReservationKeyInput") }]);
  });
});

describe("reserving an address for a client", () => {
  const uuid = "5D2C7D1E-7F1A-4B0C-8F43-0C3A0E5B7A10";
  test.each([
    [{ mac: "52-54-00-AB-CD-EF" }, "52:54:00:ab:cd:ef"],
    [{ clientId: "FF00000001" }, "client-id:ff00000001"],
    [{ firmwareUuid: uuid }, `uuid:${uuid.toLowerCase()}`],
    [{ relayCircuit: { circuitId: "0A01" } }, "circuit:0a01"],
    [{ relayCircuit: { circuitId: "0a01", remoteId: "FF" } }, "circuit:0a01/ff"],
  ])("is possible by %j", async (key, reservedFor) => {
    const { api } = await apiWithSubnet();
    expect(await mutate(api, { name: "reserveAddress", input: { address, for: key }, fields })).toMatchObject(
      {
        userErrors: [],
        lease: { reservedFor },
      },
    );
    const { data } = await api.ask("{ reservations { nodes { key mac machine { id } } } }");
    expect(data.reservations.nodes).toMatchObject([{ key: reservedFor, machine: null }]);
  });

  test.each([
    [{ clientId: "f" }, "for.clientId"],
    [{ firmwareUuid: "5d2c" }, "for.firmwareUuid"],
    [{ relayCircuit: { circuitId: "x" } }, "for.relayCircuit.circuitId"],
    // Neither would be the port that was meant.
    [{ relayCircuit: { circuitId: "0a01/ff" } }, "for.relayCircuit.circuitId"],
    [{ relayCircuit: { circuitId: "0a01", remoteId: "" } }, "for.relayCircuit.remoteId"],
  ])("is refused by %j, which is no key", async (key, field) => {
    const { api } = await apiWithSubnet();
    expect(await mutate(api, { name: "reserveAddress", input: { address, for: key } })).toMatchObject({
      userErrors: [{ code: "INPUT_INVALID", field }],
    });
  });

  test("is refused when it has another one in the subnet, and possible in another subnet", async () => {
    const { api } = await apiWithSubnet();
    await mutate(api, { name: "defineSubnet", input: { name: "rack-8", cidr: "10.78.0.0/16" } });
    const ask = (at: string, key: object = { mac: macOf(1) }) =>
      mutate(api, { name: "reserveAddress", input: { address: at, for: key } });
    expect(await ask(address)).toMatchObject({ userErrors: [] });
    expect(await ask(address)).toMatchObject({ userErrors: [] });
    expect(await ask("10.77.0.18")).toMatchObject({
      userErrors: [{ code: "RESERVATION_EXISTS", field: "for", message: expect.stringContaining(address) }],
    });
    expect(await ask("10.78.0.18")).toMatchObject({ userErrors: [] });
    await mutate(api, { name: "removeReservation", input: { address } });
    await api.ask("{ reservations { totalCount } }");
    expect(await ask("10.77.0.18")).toMatchObject({ userErrors: [] });
  });
});
