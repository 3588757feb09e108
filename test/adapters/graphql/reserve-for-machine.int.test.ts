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
    const input = { address, machineId };
    expect(await mutate(api, { name: "reserveAddress", input, fields })).toMatchObject({
      userErrors: [],
      lease: { reservedFor: macOf(1) },
    });
  });

  test("is refused when it has more than one: which is meant is for people to say", async () => {
    const { api, machineId } = await apiWithSubnet();
    await command(api.store, machineId, { type: "AddInterface", mac: macOf(2) });
    const input = { address, machineId };
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
      const input = { address, machineId: id };
      expect(await mutate(api, { name: "reserveAddress", input })).toMatchObject({
        userErrors: [{ code: "MACHINE_UNKNOWN", field: "machineId" }],
      });
    }
  });

  test.each([{}, { mac: macOf(1), machineId: "x" }])("needs one of both, not %j", async (holder) => {
    const { api, machineId } = await apiWithSubnet();
    const input = { address, ...holder, ...("machineId" in holder && { machineId }) };
    expect(await mutate(api, { name: "reserveAddress", input })).toMatchObject({
      userErrors: [
        { code: "INPUT_INVALID", field: "mac", message: "mac: give exactly one of mac and machineId" },
      ],
    });
  });
});
