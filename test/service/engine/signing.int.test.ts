import { readdirSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { openCheckpoint, type SignedCheckpoint } from "../../../src/proof/checkpoint.ts";
import { openContinuation } from "../../../src/proof/continuation.ts";
import { parseVerifierKey } from "../../../src/proof/note-keys.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { rootByDefinition } from "../../proof/tree.support.ts";
import { eventually } from "../../support/eventually.ts";
import type { RunningService } from "../../support/service-under-test.ts";
import { type EngineSite, engineSite, spawnEngine } from "./engine-service.ts";

vi.setConfig({ testTimeout: 240_000 });

const leadershipSeconds = 4;

interface Signed {
  readonly size: number;
  readonly root: string;
  readonly note: string;
  readonly verifierKey: string;
}

/** Two processes on one engine that share their keys and the directory of their checkpoints. */
async function twoSigners() {
  const engine = await spawnEngine();
  const directory = join(temporaryDirectory(), "checkpoints");
  const settings = { leadershipSeconds, checkpoints: { everyEvents: 4, directory } };
  const sites = [
    await engineSite(engine.connectionString, settings),
    await engineSite(engine.connectionString, settings),
  ] as const;
  const one = await sites[0].start();
  await cp(secretsOf(sites[0]), secretsOf(sites[1]), { recursive: true });
  const other = await sites[1].start(one.token);
  return { one, other, directory };
}

const secretsOf = ({ dataDirectory }: EngineSite) => join(dataDirectory, "secrets");

/** Something to sign: each makes some events. Whoever dies meanwhile answers nothing. */
function work() {
  let done = 0;
  return async (service: RunningService, count: number): Promise<void> => {
    for (let index = 0; index < count; index++) {
      const number = (done++).toString(16).padStart(4, "0");
      const mac = `52:54:00:00:${number.slice(0, 2)}:${number.slice(2)}`;
      await service.graphql(
        `mutation { registerMachine(input: { name: "m-${number}", macs: ["${mac}"] }) { position } }`,
      );
    }
  };
}

const sign = (service: RunningService) =>
  service.graphql("mutation { signCheckpoint(input: {}) { userErrors { code } } }");

async function signedOf(service: RunningService): Promise<readonly Signed[]> {
  const answer = await service.graphql(
    "{ checkpoints(first: 200) { nodes { size root note verifierKey } } }",
  );
  return (answer["checkpoints"] as { readonly nodes: readonly Signed[] }).nodes;
}

/** Until this process shows more checkpoints than so many, which nobody asked for. */
const signedMoreThan = (service: RunningService, count: number) =>
  eventually(async () => ((await signedOf(service)).length > count ? true : undefined));

async function hashesOf(service: RunningService): Promise<readonly string[]> {
  const { events } = await service.graphql("{ events(first: 1000) { nodes { hash } } }");
  return (events as { readonly nodes: readonly { readonly hash: string }[] }).nodes.map(({ hash }) => hash);
}

test("two processes that are frozen and killed never sign what contradicts, and signing goes on", async () => {
  const { one, other, directory } = await twoSigners();
  const register = work();
  await register(one, 3);
  await signedMoreThan(other, 0);

  // Whoever leads is one of them: the other takes over while it is frozen, with a signature under way.
  const asked = sign(one).catch(() => undefined);
  one.process.kill("SIGSTOP");
  await register(other, 6);
  await signedMoreThan(other, (await signedOf(other)).length);
  one.process.kill("SIGCONT");
  await asked;

  for (let turn = 0; turn < 4; turn++) {
    await Promise.all([register(one, 1), register(other, 1)]);
    await Promise.all([sign(one), sign(other), sign(one), sign(other)]);
  }
  const dying = Promise.allSettled([register(other, 6), sign(other)]);
  await register(one, 1);
  await other.kill();
  await dying;
  const before = (await signedOf(one)).length;
  await register(one, 6);
  await signedMoreThan(one, before);

  await expectNoContradiction(one, directory);
});

/** Each checkpoint is over the first events of the log as it is, in the order of their sizes, and so is each file. */
async function expectNoContradiction(service: RunningService, directory: string): Promise<void> {
  const signed = await signedOf(service);
  const hashes = await hashesOf(service);
  const key = parseVerifierKey(signed[0]?.verifierKey ?? "");
  const sizes = signed.map(({ size }) => size);
  expect(sizes).toEqual([...new Set(sizes)].toSorted((a, b) => a - b));
  const opened = signed.map(({ note }) => openCheckpoint(Buffer.from(note), [key]));
  for (const { size, root } of opened) expect(root).toBe(rootByDefinition(hashes.slice(0, size)));

  const files = readdirSync(directory).filter((name) => name.endsWith(".checkpoint"));
  for (const name of files) {
    const { size, root } = openCheckpoint(readFileSync(join(directory, name)), [key]);
    expect(opened).toContainEqual(expect.objectContaining({ size, root }));
  }
  expect(files.length).toBeGreaterThanOrEqual(4);
  await expectContinued(service, opened, key);
}

/** Whoever holds any of them is shown that the newest continues it. */
async function expectContinued(
  service: RunningService,
  held: readonly SignedCheckpoint[],
  key: ReturnType<typeof parseVerifierKey>,
): Promise<void> {
  for (const checkpoint of held) {
    const answer = await service.graphql(`{ consistencyProof(from: ${checkpoint.size}) { text } }`);
    const { text } = answer["consistencyProof"] as { readonly text: string };
    expect(openContinuation(text, [checkpoint], [key]).first).toBe(checkpoint);
  }
}
