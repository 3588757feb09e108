import { describe, expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { macClaimStream } from "../../../src/domain/claim/events.ts";
import { renameMachine } from "../../../src/domain/machine/rename.ts";
import { MacAddress } from "../../../src/domain/values/mac-address.ts";
import { MachineName } from "../../../src/domain/values/slug.ts";
import { newId } from "../../../src/ids.ts";
import { meta } from "../../support/recording.ts";
import { addCaller } from "./support/callers.ts";
import { limited, type Reach } from "./support/limited.ts";
import { connect, itemsOf, subscribe } from "./support/socket.ts";

describe("the past of somebody whose scopes hold on different machines", () => {
  const past = (field: string) => `query ($id: ID, $name: String, $then: EventPosition!) {
    machine(id: $id, name: $name, at: { position: $then }) { ${field} }
  }`;

  test("is of no machine that is not seen, though its runs are", async () => {
    const { api, b } = await limited();
    const then = await api.store.head();
    const caller = await addCaller(api, "runner", {
      rules: [
        { scopes: ["runs:read", "events:read"], machines: null },
        { scopes: ["machines:read"], machines: { pool: "a" } },
      ],
    });
    for (const reference of [{ id: b.id }, { name: b.name }]) {
      const { data, errors } = await caller.ask(past("name"), { ...reference, then });
      expect([data, errors]).toEqual([{ machine: null }, []]);
    }
  });

  test.each([
    ["runs { totalCount }", { runs: { totalCount: 0 } }],
    ["run { runId }", { run: null }],
  ])("has no %s of a machine whose runs are not seen", async (field, nothing) => {
    const { api, b } = await limited();
    const then = await api.store.head();
    const none = await addCaller(api, "none", { rules: [{ scopes: ["machines:read"], machines: null }] });
    const refused = await none.ask(past(field), { name: b.name, then });
    expect(refused.errors[0]?.message).toBe("needs scope runs:read");
    const some = await addCaller(api, "some", {
      rules: [
        { scopes: ["machines:read"], machines: null },
        { scopes: ["runs:read"], machines: { pool: "a" } },
      ],
    });
    const { data, errors } = await some.ask(past(field), { name: b.name, then });
    expect([data, errors]).toEqual([{ machine: nothing }, []]);
  });
});

describe("an interface, a name and an address that passed from one machine to another", () => {
  const timeline =
    "query ($id: ID) { machine(id: $id) { timeline(first: 100) { nodes { mac event { stream type } } } } }";

  /** Machine `a` gives its interface up, and `b` gets it, and the address. */
  async function passedOn(): Promise<Reach> {
    const reach = await limited();
    const { api, a, b } = reach;
    const commands = createCommands(api.store, newId);
    const stream = macClaimStream(MacAddress.parse(a.mac));
    await commands.handleClaim(stream, { type: "Release", machineId: a.id }, { meta });
    await commands.handleClaim(stream, { type: "Claim", machineId: b.id }, { meta });
    return reach;
  }

  test("show each their own time, in the timeline, the list and the feed alike", async () => {
    const { api, a, see, caller } = await passedOn();
    const { machine } = (await see(timeline, { id: a.id })) as {
      machine: { timeline: { nodes: { mac: string | null; event: { stream: string; type: string } }[] } };
    };
    const own = machine.timeline.nodes.filter(({ mac }) => mac === a.mac).map(({ event }) => event.type);
    expect(own).toEqual(["Claimed", "LeaseGranted", "Released"]);

    const { events } = (await see("{ events(first: 200) { nodes { id stream type } } }")) as {
      events: { nodes: { id: string; stream: string; type: string }[] };
    };
    const ofMac = events.nodes.filter(({ stream }) => stream === `mac-${a.mac}`).map(({ type }) => type);
    expect(ofMac).toEqual(["Claimed", "Released"]);

    const socket = await connect({ url: api.url, token: caller.token });
    subscribe(socket, "1");
    await expect
      .poll(() => itemsOf(socket, "1").some(({ __typename }) => __typename === "CaughtUp"), {
        timeout: 20_000,
      })
      .toBe(true);
    const followed = itemsOf(socket, "1").flatMap(({ stream, type }) =>
      stream ? [`${stream} ${type}`] : [],
    );
    expect(followed).toEqual(events.nodes.map(({ stream, type }) => `${stream} ${type}`));
  });

  test("stay the machine's under a name that it had", async () => {
    const { api, a, see, caller } = await limited();
    await renameMachine(
      createCommands(api.store, newId),
      { machineId: a.id, name: MachineName.parse("node-z") },
      { meta },
    );
    const listed = await see('{ events(filter: { stream: { eq: "name-node-a" } }) { totalCount } }');
    expect(listed).toEqual({ events: { totalCount: 1 } });
    const socket = await connect({ url: api.url, token: caller.token });
    subscribe(socket, "1");
    await expect
      .poll(() => itemsOf(socket, "1").some(({ stream }) => stream === "name-node-a"), { timeout: 20_000 })
      .toBe(true);
  });
});
