import { describe, expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { addressStream } from "../../../src/domain/address/events.ts";
import { Ipv4 } from "../../../src/domain/values/ipv4.ts";
import { SubnetName } from "../../../src/domain/values/slug.ts";
import { newId } from "../../../src/ids.ts";
import { meta, typesOf } from "../../support/recording.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { macOf } from "./support/machines.ts";

const mac = macOf(1);

async function apiWithSubnet(): Promise<TestApi> {
  const api = await startApi();
  const { data } = await api.ask(`mutation { defineSubnet(input: {
    name: "rack-7", cidr: "10.77.0.0/16", routers: ["10.77.0.1"], ranges: [{ first: "10.77.0.100", last: "10.77.0.199" }]
  }) { userErrors { code } } }`);
  expect(data.defineSubnet.userErrors).toEqual([]);
  return api;
}

async function reserve(api: TestApi, address: string, input: object = {}) {
  const { data, errors } = await api.ask(
    `mutation ($input: ReserveAddressInput!) { reserveAddress(input: $input) {
      userErrors { code message field } position correlationId lease { address subnet status reservedFor revision }
    } }`,
    { input: { address, for: { mac }, ...input } },
  );
  expect(errors).toEqual([]);
  return data.reserveAddress;
}

describe("reserving an address", () => {
  test("sets it aside in the subnet that holds it, and shows it", async () => {
    const api = await apiWithSubnet();
    expect(await reserve(api, "10.77.0.17")).toMatchObject({
      userErrors: [],
      lease: { address: "10.77.0.17", subnet: "rack-7", status: "FREE", reservedFor: mac, revision: 0 },
    });
    const { data } = await api.ask('{ subnet(name: "rack-7") { usage { reserved } } }');
    expect(data.subnet.usage.reserved).toBe(1);
  });

  test.each([
    ["of no subnet that is served", "10.78.0.1", "ADDRESS_OUTSIDE_SUBNET"],
    ["that no machine can have", "10.77.0.0", "ADDRESS_OUTSIDE_SUBNET"],
    ["of a router", "10.77.0.1", "ADDRESS_IS_ROUTER"],
  ])("is refused for an address %s", async (_what, address, code) => {
    const api = await apiWithSubnet();
    expect(await reserve(api, address)).toMatchObject({
      position: null,
      lease: null,
      userErrors: [{ code, field: "address", message: expect.stringContaining(address) }],
    });
    expect(await api.store.readStream(addressStream(Ipv4.parse(address)))).toEqual([]);
  });

  test("is refused when it is set aside for another interface", async () => {
    const api = await apiWithSubnet();
    await reserve(api, "10.77.0.17");
    expect(await reserve(api, "10.77.0.17", { for: { mac: macOf(2) } })).toMatchObject({
      userErrors: [{ code: "ADDRESS_RESERVED" }],
    });
  });

  test("takes no lease from anybody while the clock is in doubt, however old the lease looks", async () => {
    const api = await apiWithSubnet();
    const { handleAddress, handleSystem } = createCommands(api.store, newId);
    const holder = { mac: macOf(2), clientId: null, hostname: null };
    const client = { holder, keys: [], relay: null };
    const grant = {
      type: "GrantLease",
      ...client,
      leaseSeconds: 60,
      cacheThreshold: 0.25,
      nowMs: 0,
    } as const;
    const subnet = SubnetName.parse("rack-7");
    await handleAddress("address-10.77.0.100", { ...grant, subnet }, { meta });
    await handleSystem("system", { type: "RecordClockStep", fromMs: 0, toMs: 3_600_000 }, { meta });
    expect(await reserve(api, "10.77.0.100")).toMatchObject({
      userErrors: [{ code: "ADDRESS_LEASED", message: expect.stringContaining("confirmClock") }],
    });
    await handleSystem("system", { type: "ConfirmClock" }, { meta });
    expect(await reserve(api, "10.77.0.100")).toMatchObject({ userErrors: [], lease: { status: "FREE" } });
  });

  test("answers the same when it is sent again, though the subnet is gone", async () => {
    const api = await apiWithSubnet();
    const first = await reserve(api, "10.77.0.17", { idempotencyKey: "r1" });
    await api.ask('mutation { retireSubnet(input: { name: "rack-7" }) { position } }');
    expect(await reserve(api, "10.77.0.17", { idempotencyKey: "r1" })).toEqual(first);
  });
});

describe("removing a reservation", () => {
  test("frees the address", async () => {
    const api = await apiWithSubnet();
    await reserve(api, "10.77.0.17");
    const { data } =
      await api.ask(`mutation { removeReservation(input: { address: "10.77.0.17", reason: "gone" }) {
      userErrors { code } lease { reservedFor } } }`);
    expect(data.removeReservation).toEqual({ userErrors: [], lease: { reservedFor: null } });
    expect(await typesOf(api.store, "address-10.77.0.17")).toEqual(["AddressReserved", "ReservationRemoved"]);
  });
});

describe("listing addresses", () => {
  test("goes by number, and by every condition", async () => {
    const api = await apiWithSubnet();
    for (const last of [20, 3, 100]) await reserve(api, `10.77.0.${last}`, { for: { mac: macOf(last) } });
    const list = async (filter: object) => {
      const query = "query ($filter: LeaseFilter) { leases(filter: $filter) { nodes { address } } }";
      const { data, errors } = await api.ask(query, { filter });
      expect(errors).toEqual([]);
      return data.leases.nodes.map(({ address }: { address: string }) => address);
    };
    expect(await list({})).toEqual(["10.77.0.3", "10.77.0.20", "10.77.0.100"]);
    const eq = <Value>(value: Value) => ({ eq: value });
    expect(await list({ subnet: eq("rack-7"), status: eq("FREE") })).toHaveLength(3);
    expect(await list({ subnet: eq("rack-8") })).toEqual([]);
    expect(await list({ subnet: eq("No Name") })).toEqual([]);
    expect(await list({ status: eq("LEASED") })).toEqual([]);
    expect(await list({ address: eq("10.77.0.20") })).toEqual(["10.77.0.20"]);
    expect(await list({ address: { within: "10.77.0.0/28" } })).toEqual(["10.77.0.3"]);
    expect(await list({ address: eq("10.77.0.20"), status: eq("LEASED") })).toEqual([]);
    expect(await list({ reservedFor: eq(macOf(100)) })).toEqual(["10.77.0.100"]);
    expect(await list({ reservedFor: eq(macOf(100)), subnet: eq("rack-8") })).toEqual([]);
    expect(await list({ mac: eq(macOf(100)) })).toEqual([]);
  });
});
