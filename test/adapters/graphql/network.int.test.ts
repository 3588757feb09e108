import { describe, expect, test } from "vitest";
import { startApi, type TestApi } from "./support/api.ts";

const payload = `userErrors { code message field remedy } position correlationId
  subnet { name cidr ranges { first last } leaseSeconds unknownMachines usage { total leased reserved declined } }`;
const rack7 = {
  name: "rack-7",
  cidr: "10.77.0.0/16",
  ranges: [{ first: "10.77.0.100", last: "10.77.0.199" }],
};

async function mutate(api: TestApi, name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await api.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) { ${payload} } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data[name];
}

describe("defining a subnet", () => {
  test("records who asked and why, and shows the subnet", async () => {
    const api = await startApi();
    const answer = await mutate(api, "defineSubnet", { ...rack7, reason: "new rack" });
    expect(answer).toMatchObject({
      userErrors: [],
      subnet: { name: "rack-7", leaseSeconds: 86_400, unknownMachines: "DISCOVER", usage: { total: 100 } },
    });
    const [event] = await api.store.readStream("network");
    expect(event).toMatchObject({
      type: "SubnetDefined",
      position: answer.position,
      meta: {
        actor: "user:operator",
        source: "graphql",
        reason: "new rack",
        $correlationId: answer.correlationId,
        sourceAddress: "127.0.0.1",
      },
    });
  });

  test("is refused when it overlaps another one, and records nothing", async () => {
    const api = await startApi();
    await mutate(api, "defineSubnet", rack7);
    const answer = await mutate(api, "defineSubnet", { name: "rack-8", cidr: "10.77.128.0/17" });
    expect(answer).toMatchObject({
      position: null,
      subnet: null,
      userErrors: [{ code: "SUBNETS_OVERLAP", field: "cidr" }],
    });
    expect(await api.store.readStream("network")).toHaveLength(1);
  });
});

describe("an input that is not of its form", () => {
  test("names every field that is not of its form", async () => {
    const api = await startApi();
    const wrong = {
      ...rack7,
      name: "Rack 7",
      leaseSeconds: 5,
      domainName: "-",
      reason: "",
      expectedRevision: -2,
    };
    const { userErrors } = await mutate(api, "defineSubnet", wrong);
    expect(userErrors.map(({ code, field }: { code: string; field: string }) => `${code} ${field}`)).toEqual([
      "INPUT_INVALID expectedRevision",
      "INPUT_INVALID reason",
      "INPUT_INVALID name",
      "INPUT_INVALID domainName",
      "INPUT_INVALID leaseSeconds",
    ]);
    expect(await api.store.readStream("network")).toEqual([]);
  });

  test.each([
    "reason",
    "idempotencyKey",
    "domainName",
  ])("names the field whose text no log can hold: %s", async (field) => {
    const api = await startApi();
    const { userErrors, correlationId } = await mutate(api, "defineSubnet", { ...rack7, [field]: "\ud800" });
    expect(userErrors[0]).toMatchObject({
      code: "INPUT_INVALID",
      field,
      message: `${field}: has half of a surrogate pair: send text that is Unicode`,
    });
    expect(correlationId).toBeDefined();
    expect(await api.store.readStream("network")).toEqual([]);
  });

  test("tells where a value is that is no network at all", async () => {
    const api = await startApi();
    const { status, errors } = await api.ask(
      "mutation ($input: DefineSubnetInput!) { defineSubnet(input: $input) { position } }",
      { input: { ...rack7, cidr: "10.77.0.1/16" } },
    );
    expect(status).toBe(400);
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/"10\.77\.0\.1\/16" at "input\.cidr".*host bits zero/),
        extensions: { code: "INPUT_INVALID" },
      },
    ]);
  });
});

describe("changing and retiring a subnet", () => {
  test("replaces the whole definition", async () => {
    const api = await startApi();
    await mutate(api, "defineSubnet", { ...rack7, domainName: "old.example" });
    const changed = await mutate(api, "changeSubnet", {
      ...rack7,
      leaseSeconds: 600,
      unknownMachines: "LOCAL_DISK",
    });
    expect(changed).toMatchObject({
      userErrors: [],
      subnet: { leaseSeconds: 600, unknownMachines: "LOCAL_DISK" },
    });
    expect((await api.store.readStream("network")).at(-1)?.data).toMatchObject({
      subnet: { domainName: null },
    });
  });

  test("serves a retired subnet no more", async () => {
    const api = await startApi();
    await mutate(api, "defineSubnet", rack7);
    const { position, userErrors } = await mutate(api, "retireSubnet", { name: "rack-7" });
    expect(userErrors).toEqual([]);
    const { data } = await api.ask(`{ subnet(name: "rack-7", minPosition: "${position}") { name } }`);
    expect(data).toEqual({ subnet: null });
  });

  test("is refused for a subnet that nobody defined", async () => {
    const api = await startApi();
    for (const answer of [
      await mutate(api, "changeSubnet", rack7),
      await mutate(api, "retireSubnet", { name: "rack-7" }),
    ]) {
      expect(answer).toMatchObject({
        position: null,
        userErrors: [{ code: "SUBNET_UNKNOWN", field: "name" }],
      });
    }
  });
});

describe("expecting a revision", () => {
  test("is refused when the stream has moved on, and says so", async () => {
    const api = await startApi();
    await mutate(api, "defineSubnet", { ...rack7, expectedRevision: -1 });
    const answer = await mutate(api, "changeSubnet", { ...rack7, leaseSeconds: 600, expectedRevision: 7 });
    expect(answer).toMatchObject({ userErrors: [{ code: "REVISION_MISMATCH", field: "expectedRevision" }] });
    const { data } = await api.ask("{ subnets { revision } }");
    const { revision } = data.subnets;
    const again = await mutate(api, "changeSubnet", {
      ...rack7,
      leaseSeconds: 600,
      expectedRevision: revision,
    });
    expect(again.userErrors).toEqual([]);
  });
});

describe("sending a request again", () => {
  test("with the same key and input has the effect of one, and the same answer", async () => {
    const api = await startApi();
    const first = await mutate(api, "defineSubnet", { ...rack7, idempotencyKey: "k1" });
    await mutate(api, "retireSubnet", { name: "rack-7" });
    const second = await mutate(api, "defineSubnet", { ...rack7, idempotencyKey: "k1" });
    const { position, correlationId } = first;
    expect(second).toMatchObject({ userErrors: [], position, correlationId });
    expect(await api.store.readStream("network")).toHaveLength(2);
  });

  test("with the same key and another input is refused", async () => {
    const api = await startApi();
    await mutate(api, "defineSubnet", { ...rack7, idempotencyKey: "k1" });
    const other = await mutate(api, "defineSubnet", { ...rack7, leaseSeconds: 600, idempotencyKey: "k1" });
    expect(other).toMatchObject({
      position: null,
      userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED", field: "idempotencyKey" }],
    });
    expect(await api.store.readStream("network")).toHaveLength(1);
  });

  test("without a key decides anew", async () => {
    const api = await startApi();
    const first = await mutate(api, "defineSubnet", rack7);
    await mutate(api, "retireSubnet", { name: "rack-7" });
    const second = await mutate(api, "defineSubnet", rack7);
    expect(second.correlationId).not.toBe(first.correlationId);
    expect(await api.store.readStream("network")).toHaveLength(3);
  });
});
