import { expect, test } from "vitest";
import { createExportCheck } from "../../../src/proof/check-export.ts";
import { openCheckpoint } from "../../../src/proof/checkpoint.ts";
import { createFindingList } from "../../../src/proof/findings.ts";
import { parseVerifierKey } from "../../../src/proof/note-keys.ts";
import { eventually } from "../../support/eventually.ts";
import { defineSubnet } from "../../support/rehearsal-site.ts";
import type { RunningService } from "../../support/service-under-test.ts";
import { engineSite, spawnEngine } from "./engine-service.ts";

const fields = `id state failure views { view difference }
  report { events root signedEvents findings { code ordinal message } }`;

interface Verification {
  readonly state: string;
  readonly failure: string | null;
  readonly report: { readonly events: number; readonly root: string; readonly signedEvents: number | null };
  readonly views: readonly { readonly view: string; readonly difference: string | null }[];
}

async function verified(service: RunningService): Promise<Verification> {
  await service.graphql(`mutation { verifyLog(input: { views: true }) { verification { id } } }`);
  return eventually(async () => {
    const { verification } = await service.graphql(`{ verification { ${fields} } }`);
    return (verification as Verification).state === "RUNNING" ? undefined : (verification as Verification);
  });
}

async function exported(service: RunningService, query = ""): Promise<string> {
  const headers = { authorization: `Bearer ${service.token}` };
  const answer = await fetch(new URL(`/export${query}`, service.api), { headers });
  expect(answer.status).toBe(200);
  return answer.text();
}

/** As the service signs now. */
async function signed(service: RunningService) {
  const answer = await service.graphql(
    `mutation { signCheckpoint(input: {}) { checkpoint { size note verifierKey } } }`,
  );
  const { checkpoint } = answer["signCheckpoint"] as {
    readonly checkpoint: { readonly size: number; readonly note: string; readonly verifierKey: string };
  };
  return openCheckpoint(Buffer.from(checkpoint.note), [parseVerifierKey(checkpoint.verifierKey)]);
}

test("a service on an engine verifies its log and its read models, and exports what the verifier takes", async () => {
  const engine = await spawnEngine();
  const site = await engineSite(engine.connectionString);
  const service = await site.start();
  await defineSubnet(service);
  await site.lease(1);
  const checkpoint = await signed(service);

  const { state, failure, report, views } = await verified(service);
  expect({ state, failure }).toEqual({ state: "ENDED", failure: null });
  expect(report).toMatchObject({ findings: [], signedEvents: checkpoint.size });
  expect(report.events).toBeGreaterThan(checkpoint.size);
  expect(views.length).toBeGreaterThan(5);
  expect(views.filter(({ difference }) => difference !== null)).toEqual([]);

  const check = createExportCheck({ checkpoints: [checkpoint], findings: createFindingList() });
  const text = await exported(service);
  for (const line of text.slice(0, -1).split("\n")) check.add(line);
  expect(check.end()).toMatchObject({ findings: [], vouched: checkpoint.size });

  const grants = await exported(service, "?format=cloudevents&type=LeaseGranted");
  const [granted, ...more] = grants
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(more).toEqual([]);
  const { events } = await service.graphql(
    `{ events(last: 1, filter: { type: { eq: "LeaseGranted" } }) { nodes { position } } }`,
  );
  expect((events as { nodes: readonly object[] }).nodes).toEqual([{ position: granted.sequence }]);
});
