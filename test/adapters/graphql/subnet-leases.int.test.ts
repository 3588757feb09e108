import { describe, expect, test } from "vitest";
import { subnet } from "../../support/samples.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { smallFleet } from "./support/fleet.ts";
import { mutate } from "./support/mutate.ts";

const { name, cidr } = subnet;

async function apiWithLeases(): Promise<TestApi> {
  const api = await startApi();
  await smallFleet(api);
  return api;
}

/** The leases of the fleet begin at 10.77.0.100. */
const without = { name, cidr, ranges: [{ first: "10.77.0.150", last: "10.77.0.199" }] };

describe("leases that run", () => {
  test("keep a subnet from giving up their addresses, unless it is forced", async () => {
    const api = await apiWithLeases();
    const answer = await mutate(api, { name: "changeSubnet", input: without });
    expect(answer).toMatchObject({
      position: null,
      userErrors: [
        {
          code: "SUBNET_HAS_LEASES",
          field: "force",
          message: expect.stringMatching(
            /^\d leases run, such as that of 10\.77\.0\.10\d, which subnet rack-7/,
          ),
        },
      ],
    });
    const forced = { ...without, force: true };
    expect(await mutate(api, { name: "changeSubnet", input: forced })).toMatchObject({ userErrors: [] });
  });

  test("keep a subnet from being retired, unless it is forced; a dry run says so, too", async () => {
    const api = await apiWithLeases();
    for (const dryRun of [true, false]) {
      expect(await mutate(api, { name: "retireSubnet", input: { name, dryRun } })).toMatchObject({
        userErrors: [{ code: "SUBNET_HAS_LEASES" }],
      });
    }
    const forced = { name, force: true, idempotencyKey: "k" };
    const first = await mutate(api, { name: "retireSubnet", input: forced });
    expect(first).toMatchObject({ userErrors: [] });
    expect((await mutate(api, { name: "retireSubnet", input: forced })).position).toBe(first.position);
  });

  test("do not keep a subnet from what leaves them alone, nor hide what else is wrong", async () => {
    const api = await apiWithLeases();
    const ranges = [{ first: "10.77.0.90", last: "10.77.0.160" }];
    const wider = { name, cidr, ranges, exclusions: [{ first: "10.77.0.100", last: "10.77.0.101" }] };
    expect(await mutate(api, { name: "changeSubnet", input: wider })).toMatchObject({ userErrors: [] });
    const outside = { ...without, exclusions: [{ first: "10.77.9.1", last: "10.77.9.2" }] };
    expect(await mutate(api, { name: "changeSubnet", input: outside })).toMatchObject({
      userErrors: [{ code: "EXCLUSION_OUTSIDE_RANGES", field: "exclusions" }],
    });
  });

  test("are not looked for again when a request is repeated", async () => {
    const api = await apiWithLeases();
    const input = { name, cidr, ranges: subnet.ranges, leaseSeconds: 600, idempotencyKey: "k" };
    const first = await mutate(api, { name: "changeSubnet", input });
    expect(first).toMatchObject({ userErrors: [] });
    expect((await mutate(api, { name: "changeSubnet", input })).position).toBe(first.position);
  });
});

test("a subnet shows all that it was defined with", async () => {
  const api = await startApi();
  const input = {
    name,
    cidr,
    ranges: subnet.ranges,
    sharedNetwork: "hall",
    exclusions: [{ first: "10.77.0.100", last: "10.77.0.109" }],
    picker: "NEXT_FREE",
    cacheThreshold: 0,
    probeBeforeOffer: true,
    options: [{ option: "ntp-servers", value: "10.77.0.1" }],
  };
  const fields = `subnet {
    sharedNetwork exclusions { first last } picker cacheThreshold probeBeforeOffer options { name value }
    usage { total }
  }`;
  expect(await mutate(api, { name: "defineSubnet", input, fields })).toMatchObject({
    userErrors: [],
    subnet: {
      sharedNetwork: "hall",
      exclusions: input.exclusions,
      picker: "NEXT_FREE",
      cacheThreshold: 0,
      probeBeforeOffer: true,
      options: [{ name: "ntp-servers", value: "10.77.0.1" }],
      usage: { total: 90 },
    },
  });
  const { data } = await api.ask('{ subnets(filter: { sharedNetwork: { eq: "hall" } }) { totalCount } }');
  expect(data.subnets.totalCount).toBe(1);
});
