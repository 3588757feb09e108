import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { startFakeApi } from "./support/fake-api.ts";
import { createPerson } from "./support/run-cli.ts";
import { type CliSite, createCliSite } from "./support/site.ts";

let cli: CliSite;

beforeAll(async () => {
  cli = await createCliSite();
  await cli.person.run(["machines", "register", "02:00:00:00:00:01", "--name", "web-01"]);
});

afterAll(() => cli.remove());

describe("following", () => {
  test("events tail -f shows the newest events, then what happens, a line of JSON each", async () => {
    const tail = cli.person.start([
      "events",
      "tail",
      "-f",
      "-n",
      "1",
      "--type",
      "MachineRegistered,MachineLocked",
    ]);
    await tail.shows("MachineRegistered");
    await cli.person.run(["machines", "lock", "web-01", "--reason", "CHG-1"]);
    await tail.shows("MachineLocked");
    tail.child.kill("SIGINT");
    const { stdout } = await tail.ended;
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(events.map(({ type }) => type)).toEqual(["MachineRegistered", "MachineLocked"]);
    expect(events[1]).toMatchObject({ actor: "user:operator", reason: "CHG-1", source: "graphql" });
  });

  test("machines watch shows a machine as it is after each change", async () => {
    const watch = cli.person.start([
      "machines",
      "watch",
      "web-01",
      "-o",
      "table",
      "--columns",
      "name,locked",
    ]);
    await eventually(async () => {
      await cli.person.run(["machines", "unlock", "web-01"]);
      await cli.person.run(["machines", "lock", "web-01"]);
      return watch.stdout().includes("MachineLocked") || undefined;
    });
    watch.child.kill("SIGINT");
    const { stdout } = await watch.ended;
    expect(stdout).toMatch(/^NAME {4}EVENTS {2,}LOCKED\n/);
    expect(stdout).toMatch(/^web-01 {2}MachineLocked {2,}yes$/m);
  });
});

describe("waiting", () => {
  test("ends when the machine is as it should be", async () => {
    const wait = cli.person.start(["wait", "machine/web-01", "--for", "locked=false", "--timeout", "60s"]);
    await cli.person.run(["machines", "unlock", "web-01"]);
    expect(await wait.ended).toEqual({ code: 0, stdout: "machine/web-01 locked=false\n", stderr: "" });
  });

  test("ends at once when the machine comes to a state that it does not leave by itself", async () => {
    const wait = cli.person.start(["machines", "wait", "web-01", "--for", "state=deployed", "-v"]);
    await eventually(async () => {
      await cli.person.run(["machines", "label", "web-01", `n=${performance.now().toFixed(0)}`]);
      return wait.stderr().includes("is registered") || undefined;
    });
    await cli.person.run(["machines", "quarantine", "web-01", "--message", "smoke"]);
    const { code, stderr } = await wait.ended;
    expect(code).toBe(1);
    expect(stderr).toContain(
      "WAIT_FAILED: machine/web-01 is quarantined: smoke; it will not be state=deployed",
    );
  });
});

describe("a feed", () => {
  test("goes on from the last position when the service was away", async () => {
    const asked: (string | undefined)[] = [];
    const roots = {
      position: () => "p0",
      async *events({ after }: { readonly after?: string }) {
        asked.push(after);
        const position = `p${asked.length}`;
        yield { events: { __typename: "CaughtUp", position } };
        if (asked.length === 1) await new Promise(() => undefined);
        yield { events: { ...event, position: "p9" } };
        await new Promise(() => undefined);
      },
    };
    const api = await startFakeApi(roots);
    const person = createPerson({ IRONLEDGER_SERVER: api.server });
    const tail = person.start(["events", "tail", "-f", "-n", "0"]);
    await eventually(() => asked.length === 1 || undefined);
    await eventually(() => api.sockets.size === 1 || undefined);
    // The first item must have arrived before its connection breaks.
    await new Promise((resolve) =>
      [...api.sockets][0]?.ping(() => [...api.sockets][0]?.once("pong", resolve)),
    );
    const port = Number(new URL(api.server).port);
    await api.close();
    const again = await startFakeApi(roots, { port });
    await tail.shows("LeaseGranted");
    tail.child.kill("SIGINT");
    const { stderr, code } = await tail.ended;
    await again.close();
    person.leave();
    expect(asked).toEqual(["p0", "p1"]);
    expect(stderr).toMatch(
      /^\S+: the feed broke off .*; trying again\n\S+: the feed goes on from where it was\n/,
    );
    expect(code).toBe(130);
  });

  test("fails at once when nobody is there to begin with", async () => {
    const { code, stderr } = await cli.person.run(["events", "tail", "-f", "--after", "p", "-n", "0"], {
      env: { IRONLEDGER_SERVER: "http://127.0.0.1:1" },
    });
    expect(code).toBe(8);
    expect(stderr).toMatch(/^ironledger: SERVER_UNREACHABLE: /);
  });
});

const event = {
  __typename: "Event",
  ...{ id: "e", eventId: "e", stream: "address-10.0.0.1", revision: 0, type: "LeaseGranted", schema: 1 },
  ...{ time: "2026-01-01T00:00:00.000Z", data: {}, actor: "system", source: "dhcp" },
  ...{ correlationId: "c", causationId: "c", hash: "0".repeat(64) },
};
