import { describe, expect, test } from "vitest";
import type { AccessRule } from "../../../src/domain/access/rule.ts";
import { startApi, type TestApi } from "./support/api.ts";
import { addCaller, type TestCaller } from "./support/callers.ts";
import { documents } from "./support/documents.ts";
import { smallFleet } from "./support/fleet.ts";
import { openSocket } from "./support/socket.ts";

/** Whoever asks: the roles that every release has, and somebody whose role is limited to some machines. */
const callerNames = ["viewer", "operator", "auditor", "admin", "pool-a", "nobody"] as const;
type CallerName = (typeof callerNames)[number];

const poolRules: readonly AccessRule[] = [
  {
    scopes: [
      "machines:read",
      "machines:deploy",
      "machines:approve",
      "leases:read",
      "runs:read",
      "events:read",
    ],
    machines: { pool: "a" },
  },
];

const everybody: readonly CallerName[] = callerNames;
const seeing: readonly CallerName[] = ["viewer", "operator", "auditor", "admin", "pool-a"];
const seeingEverything: readonly CallerName[] = ["viewer", "operator", "auditor", "admin"];
const operating: readonly CallerName[] = ["operator", "admin"];
const deploying: readonly CallerName[] = ["operator", "admin", "pool-a"];
const auditing: readonly CallerName[] = ["auditor", "admin"];
const managing: readonly CallerName[] = ["admin"];

/** Who may ask for what a request can begin with. A field that joins and is not here fails the test. */
const allowed: Readonly<Record<string, readonly CallerName[]>> = {
  "query node": everybody,
  "query viewer": everybody,
  "query accessScopes": everybody,
  "query position": everybody,
  "query machine": seeing,
  "query machines": seeing,
  // It tells of the network, too.
  "query bootDecision": seeingEverything,
  // Without a thing that it is of, it tells of the network, too.
  "query diff": seeingEverything,
  "query why": seeing,
  "query interfaces": seeing,
  "query openBulkChanges": seeing,
  "query leases": seeing,
  "query reservations": seeing,
  "query run": seeing,
  "query runs": seeing,
  "query events": seeing,
  "query subnet": seeingEverything,
  "query subnets": seeingEverything,
  "query addressUsage": seeingEverything,
  "query clientClasses": seeingEverything,
  // Whoever deploys names an environment.
  "query bootEnvironments": seeing,
  "query service": seeingEverything,
  "query logSigning": seeingEverything,
  "query logArchives": seeingEverything,
  "query checkpoints": seeingEverything,
  "query inclusionProof": seeing,
  "query consistencyProof": seeingEverything,
  "query verification": auditing,
  "query principals": auditing,
  "query tokens": auditing,
  "query accessRoles": auditing,
  "subscription events": seeing,
  "subscription machineChanged": seeing,
  "subscription runProgress": seeing,
  "subscription viewChanged": seeingEverything,
  "subscription verificationProgress": auditing,
  "mutation defineSubnet": operating,
  "mutation changeSubnet": operating,
  "mutation retireSubnet": operating,
  "mutation defineClientClass": operating,
  "mutation changeClientClass": operating,
  "mutation retireClientClass": operating,
  "mutation reserveAddress": operating,
  "mutation removeReservation": operating,
  "mutation registerMachine": operating,
  "mutation importMachines": operating,
  "mutation renameMachine": operating,
  "mutation labelMachine": operating,
  "mutation setMachineParams": operating,
  "mutation setMachineDhcpOptions": operating,
  "mutation approveMachine": deploying,
  "mutation lockMachine": deploying,
  "mutation unlockMachine": deploying,
  "mutation quarantineMachine": deploying,
  "mutation releaseMachine": deploying,
  "mutation deployMachine": deploying,
  "mutation setBootIntent": deploying,
  "mutation withdrawBootIntent": deploying,
  "mutation retireMachine": operating,
  "mutation changeMachines": deploying,
  "mutation finishBulkChange": deploying,
  "mutation publishBootEnvironment": operating,
  "mutation startEffectsEpoch": operating,
  "mutation confirmClock": operating,
  "mutation takeBackup": operating,
  "mutation signCheckpoint": operating,
  // Changes nothing.
  "mutation verifyLog": auditing,
  "mutation cancelVerification": auditing,
  "mutation rebuildView": operating,
  "mutation retryView": operating,
  "mutation addPrincipal": managing,
  "mutation disablePrincipal": managing,
  "mutation enablePrincipal": managing,
  "mutation issueToken": managing,
  "mutation revokeToken": managing,
  "mutation grantAccessRole": managing,
  "mutation revokeAccessRole": managing,
  "mutation defineAccessRole": managing,
  "mutation withdrawAccessRole": managing,
};

interface World {
  readonly api: TestApi;
  readonly callers: Readonly<Record<CallerName, TestCaller>>;
}

async function world(): Promise<World> {
  const api = await startApi();
  await smallFleet(api);
  const entries: [CallerName, TestCaller][] = [];
  for (const name of callerNames) {
    const access = name === "pool-a" ? { rules: poolRules } : { role: name };
    entries.push([name, await addCaller(api, name, name === "nobody" ? undefined : access)]);
  }
  return { api, callers: Object.fromEntries(entries) as World["callers"] };
}

describe("what a request can begin with", () => {
  test("is in the table, and nothing else is", () => {
    expect(documents.map(({ name }) => name).toSorted()).toEqual(Object.keys(allowed).toSorted());
  });

  test("is answered or refused as the table says, and a refusal records nothing", async () => {
    const { api, callers } = await world();
    for (const name of callerNames) {
      const before = await api.store.head();
      const answered = await answeredTo(callers[name]);
      const expected = answered.map(([field]) => [field, allowed[field]?.includes(name)]);
      expect([name, answered]).toEqual([name, expected]);
      if (!deploying.includes(name)) expect(await api.store.head()).toBe(before);
    }
  });

  test("is followed or refused as the table says", async () => {
    const { api, callers } = await world();
    for (const name of callerNames) {
      const socket = await openSocket(api);
      socket.send({ type: "connection_init", payload: { authorization: `Bearer ${callers[name].token}` } });
      await socket.message(({ type }) => type === "connection_ack");
      const feeds = documents.filter(({ operation }) => operation === "subscription");
      for (const { name: field, query } of feeds) {
        socket.send({ type: "subscribe", id: field, payload: { query } });
        const answer = await socket.message(({ id }) => id === field);
        const code =
          answer.type === "error"
            ? answer.payload[0].extensions.code
            : answer.payload?.errors?.[0]?.extensions.code;
        expect([name, field, code]).toEqual([
          name,
          field,
          allowed[field]?.includes(name) ? undefined : "FORBIDDEN",
        ]);
      }
    }
  });
});

/** Whether each field answers somebody, or refuses for want of a scope. */
async function answeredTo({ ask }: TestCaller): Promise<readonly (readonly [string, boolean])[]> {
  const answers: [string, boolean][] = [];
  for (const { name, operation, query } of documents) {
    if (operation === "subscription") continue;
    const { status, errors } = await ask(query);
    const refusals = errors.filter(({ extensions }) => extensions.code === "FORBIDDEN");
    for (const { message } of refusals) expect(message).toMatch(/^needs scope [a-z]+:[a-z]+/);
    answers.push([name, status === 200 && refusals.length === 0]);
  }
  return answers;
}
