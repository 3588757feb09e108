import { describe, expect, test } from "vitest";
import { startApi, type TestApi } from "./support/api.ts";
import { inspect } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";

const fields = `clientClass {
  name priority leaseSeconds bootFile options { code name value octets }
  match { architectures vendorClassPrefixes macPrefixes subnets machineLabels { labels { key value } } }
}`;
const phones = {
  name: "phones",
  match: { vendorClassPrefixes: ["Cisco Systems, Inc. IP Phone"], subnets: ["rack-7"] },
  options: [{ option: "tftp-server-addresses", value: "10.77.0.5,10.77.0.6" }],
};

async function apiWithSubnet(): Promise<TestApi> {
  const api = await startApi();
  await mutate(api, { name: "defineSubnet", input: { name: "rack-7", cidr: "10.77.0.0/16" } });
  return api;
}

describe("a client class", () => {
  test("is defined and shown, with its options as people write them", async () => {
    const api = await apiWithSubnet();
    expect(await mutate(api, { name: "defineClientClass", input: phones, fields })).toMatchObject({
      userErrors: [],
      clientClass: {
        name: "phones",
        priority: 100,
        leaseSeconds: null,
        bootFile: null,
        options: [
          {
            code: 150,
            name: "tftp-server-addresses",
            value: "10.77.0.5, 10.77.0.6",
            octets: "0a4d00050a4d0006",
          },
        ],
        match: { ...phones.match, architectures: null, macPrefixes: null, machineLabels: null },
      },
    });
  });

  test("is replaced as a whole, and retired", async () => {
    const api = await apiWithSubnet();
    await mutate(api, { name: "defineClientClass", input: phones });
    const match = {
      architectures: ["X64_UEFI"],
      machineLabels: [{ key: "rack", value: "b7" }, { key: "spare" }],
    };
    const input = { name: "phones", match, leaseSeconds: 600, bootFile: "http://10.77.0.5/boot.efi" };
    expect(await mutate(api, { name: "changeClientClass", input, fields })).toMatchObject({
      clientClass: {
        leaseSeconds: 600,
        bootFile: "http://10.77.0.5/boot.efi",
        options: [],
        match: {
          architectures: ["X64_UEFI"],
          machineLabels: {
            labels: [
              { key: "rack", value: "b7" },
              { key: "spare", value: null },
            ],
          },
          subnets: null,
        },
      },
    });
    const retired = await mutate(api, { name: "retireClientClass", input: { name: "phones" }, fields });
    expect(retired).toMatchObject({ userErrors: [], clientClass: null });
  });

  test("is listed, found by its id, and changed on the revision that was read", async () => {
    const api = await apiWithSubnet();
    await mutate(api, { name: "defineClientClass", input: phones });
    const { data } = await api.ask(
      '{ clientClasses(search: "phone* priority>=100") { revision nodes { id name } } }',
    );
    expect(data.clientClasses).toMatchObject({ revision: 1, nodes: [{ name: "phones" }] });
    const { data: found } = await api.ask(
      "query ($id: ID!) { node(id: $id) { ... on ClientClass { name } } }",
      {
        id: data.clientClasses.nodes[0].id,
      },
    );
    expect(found.node).toEqual({ name: "phones" });
    const stale = { ...phones, priority: 1, expectedRevision: 0 };
    expect(await mutate(api, { name: "changeClientClass", input: stale })).toMatchObject({
      userErrors: [{ code: "REVISION_MISMATCH" }],
    });
  });
});

test("what a class matches is understood in capitals and dashes", async () => {
  const api = await apiWithSubnet();
  const match = { macPrefixes: ["00-04-F2"], relayCircuits: ["0A01"], relayRemotes: ["FF"] };
  const asked = { name: "defineClientClass", input: { ...phones, match } };
  const relayed = "clientClass { match { macPrefixes relayCircuits relayRemotes } }";
  expect(await mutate(api, { ...asked, fields: relayed })).toMatchObject({
    clientClass: { match: { macPrefixes: ["00:04:f2"], relayCircuits: ["0a01"], relayRemotes: ["ff"] } },
  });
});

describe("what a client class may not be", () => {
  test.each([
    [{ match: {} }, "CLASS_MATCHES_ALL", "match"],
    [{ match: { subnets: ["rack-9"] } }, "SUBNET_UNKNOWN", "match.subnets"],
    [{ match: { macPrefixes: ["00:04:f"] } }, "INPUT_INVALID", "match.macPrefixes.0"],
    [{ options: [{ option: "ntp", value: "10.0.0.1" }] }, "INPUT_INVALID", "options.0"],
    [{ options: [{ option: "ntp-servers", value: "x" }] }, "INPUT_INVALID", "options.0"],
    [{ options: [{ option: "n".repeat(65), value: "x" }] }, "INPUT_INVALID", "options.0.option"],
    [{ options: [{ option: "42", value: "1".repeat(9_000) }] }, "INPUT_INVALID", "options.0.value"],
    [{ options: [{ option: "server-identifier", value: "10.0.0.1" }] }, "OPTION_NOT_SETTABLE", "options"],
    [{ bootFile: "../up" }, "INPUT_INVALID", "bootFile"],
  ])("is refused with %j", async (change, code, field) => {
    const api = await apiWithSubnet();
    expect(await mutate(api, { name: "defineClientClass", input: { ...phones, ...change } })).toMatchObject({
      userErrors: [{ code, field }],
    });
  });

  test("keeps the subnets that it names from being retired", async () => {
    const api = await apiWithSubnet();
    await mutate(api, { name: "defineClientClass", input: phones });
    expect(await mutate(api, { name: "retireSubnet", input: { name: "rack-7" } })).toMatchObject({
      userErrors: [{ code: "SUBNET_IN_CLASS", message: expect.stringContaining("phones") }],
    });
  });
});

test("a machine's DHCP options are replaced as a whole, and shown", async () => {
  const api = await startApi();
  const machineId = await inspect(api.store);
  const ask = (options: readonly object[]) =>
    mutate(api, {
      name: "setMachineDhcpOptions",
      input: { machineId, options },
      fields: "machine { dhcpOptions { code name value } }",
    });
  const options = [
    { option: "42", value: "10.77.0.1" },
    { option: "interface-mtu", value: "9000" },
  ];
  expect(await ask(options)).toMatchObject({
    userErrors: [],
    machine: {
      dhcpOptions: [
        { code: 26, name: "interface-mtu", value: "9000" },
        { code: 42, name: "ntp-servers", value: "10.77.0.1" },
      ],
    },
  });
  expect(await ask([{ option: "message-type", value: "5" }])).toMatchObject({
    userErrors: [{ code: "OPTION_NOT_SETTABLE" }],
  });
  expect(await ask([])).toMatchObject({ machine: { dhcpOptions: [] } });
});
