import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import {
  createRehearsalSite,
  defineSubnet,
  discoverAndOrder,
  type RehearsalSite,
} from "../support/rehearsal-site.ts";
import { type RunningService, startService } from "../support/service-under-test.ts";

let site: RehearsalSite;
let service: RunningService;

/** A service with a deployed machine, running. */
beforeEach(async () => {
  site = await createRehearsalSite();
  await start();
  await defineSubnet(service);
  const machine = await site.machine(1);
  await discoverAndOrder(service, machine, site);
  expect(await machine.bootOnce()).toMatchObject({ booted: "agent", agent: { installed: true } });
});

afterEach(async () => {
  if (service.process.exitCode === null) await service.stop();
  await site.close();
});

async function start(): Promise<void> {
  service = await startService(await site.configFor(site.dataDirectory), join(site.directory, "service.log"));
}

interface ViewNode {
  readonly name: string;
  readonly state: string;
  readonly generation: number;
  readonly position: string | null;
}

async function views(): Promise<readonly ViewNode[]> {
  const { service: status } = await service.graphql(
    "{ service { views { name state generation position } } }",
  );
  return (status as { readonly views: readonly ViewNode[] }).views;
}

/** Every view when all of them show the same place and nothing is on its way any more. */
function settledViews(): Promise<readonly ViewNode[]> {
  return eventually(async () => {
    const { position } = await service.graphql("{ position }");
    const now = await views();
    return now.every((view) => view.state === "LIVE" && view.position === position) ? now : undefined;
  });
}

interface Rebuilt {
  readonly digest: string | null;
  readonly position: string | null;
  readonly userErrors: readonly { readonly code: string; readonly message: string }[];
}

async function rebuild(view: string): Promise<Rebuilt> {
  const query =
    "mutation ($view: String!) { rebuildView(input: { view: $view }) { digest position userErrors { code message } } }";
  return (await service.graphql(query, { view }))["rebuildView"] as Rebuilt;
}

async function digests(): Promise<Readonly<Record<string, Rebuilt>>> {
  const found: Record<string, Rebuilt> = {};
  for (const { name } of await settledViews()) found[name] = await rebuild(name);
  return found;
}

/** The file that a view of the first generation is in. */
function fileOf(view: string): string {
  return join(site.dataDirectory, "views", `${view}-1.db`);
}

describe("the read models of a service", () => {
  test("come out of the log the same when they were all deleted", async () => {
    const before = await digests();
    expect(Object.values(before).flatMap(({ userErrors }) => userErrors)).toEqual([]);
    await service.stop();
    await rm(join(site.dataDirectory, "views"), { recursive: true });

    await start();
    const after = await digests();
    // The second start is an event as well, which only the views of events and of boots show.
    const untouched = ["machines", "leases", "runs", "boot-environments"];
    for (const view of untouched) expect(after[view]?.digest).toBe(before[view]?.digest);
    expect(Object.values(after).flatMap(({ userErrors }) => userErrors)).toEqual([]);
  });

  test("are kept, and the row is named, when a rebuild differs", async () => {
    await settledViews();
    const { generation } = (await views()).find(({ name }) => name === "machines") ?? {};
    const database = new DatabaseSync(fileOf("machines"));
    database.exec("UPDATE machine SET name = 'forged'");
    database.close();

    const { userErrors, digest } = await rebuild("machines");
    expect(digest).toBeNull();
    expect(userErrors).toEqual([
      {
        code: "VIEW_DIFFERS",
        message: expect.stringMatching(
          /^table machine, row .*: name is "forged" in the view and (?:null|".*") by the log$/,
        ),
      },
    ]);
    const kept = (await views()).find(({ name }) => name === "machines");
    expect(kept?.generation).toBe(generation);
  });
});
