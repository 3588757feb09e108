import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { builtAssetsDirectory, serviceEntry } from "../paths.ts";
import { isSuccess, summaryText, whereToLook } from "./closing.ts";
import { followEvents } from "./event-feed.ts";
import { createGraphqlClient } from "./graphql-client.ts";
import { type Hardware, hardwareOf } from "./hardware.ts";
import { imageBytesFor, writeImage } from "./image.ts";
import { createOperator, type Operator } from "./operator.ts";
import type { RehearsalOptions } from "./options.ts";
import { deadlineMsFor, type RehearsalResult, rehearse } from "./rehearsal.ts";
import { createScreen, type Screen } from "./screen.ts";
import { type Service, startService } from "./service.ts";
import { type Assets, prepareAssets } from "./stand-ins.ts";
import { type Workspace, writeConfig } from "./workspace.ts";

/** Where text goes: a line each, without its end. */
export interface Output {
  /** What people watch: stderr. */
  readonly note: (line: string) => void;
  /** Results: stdout. */
  readonly print: (text: string) => void;
  /** Whether `note` may be coloured. */
  readonly colour: boolean;
}

export type SessionEnd = "succeeded" | "failed" | "interrupted";

/**
 * One rehearsal from the service's start to its end. `signal`: Ctrl-C.
 *
 * @throws ServiceError @throws GraphqlError
 */
export async function runSession(
  options: RehearsalOptions,
  {
    workspace,
    output,
    signal,
  }: { readonly workspace: Workspace; readonly output: Output; readonly signal: AbortSignal },
): Promise<SessionEnd> {
  const assets = await prepareAssets({
    builtDirectory: builtAssetsDirectory,
    madeDirectory: workspace.madeAssetsDirectory,
  });
  output.note(assetsText(assets));
  const ports = await writeConfig(workspace, assets.directory);
  const image = await writeImage(workspace.imagesDirectory, imageBytesFor(options.machines));
  const machines = Array.from({ length: options.machines }, (_, index) => hardwareOf(index, assets.agent));
  const service = await startService({ entry: serviceEntry, ...workspace });
  const over = new AbortController();
  try {
    const token = (await readFile(service.tokenFile, "utf8")).trim();
    const screen = createScreen({ ...output, machines, startedMs: Date.now() });
    const operator = createOperator({ client: createGraphqlClient({ api: service.api, token }), image });
    const feed = { api: service.api, token, signal: over.signal };
    const interruption = Promise.race([service.failure, operator.failure, watch(feed, { operator, screen })]);
    interruption.catch(() => undefined);
    await operator.defineSubnet();
    const { disksDirectory } = workspace;
    const deadlineMs = deadlineMsFor(options.machines);
    const result = await rehearse({
      machines,
      image,
      ports,
      disksDirectory,
      deadlineMs,
      interruption,
      signal,
    });
    if (signal.aborted) return "interrupted";
    report(result, { options, output });
    if (!isSuccess(result.summary)) return "failed";
    if (!options.exit) await serveOn({ service, machines, workspace, output, interruption, signal });
    return "succeeded";
  } finally {
    over.abort();
    await service.stop();
  }
}

function assetsText({ standIns, directory }: Assets): string {
  if (standIns.length === 0) return `loaders and agent: ${directory}`;
  return `stand-ins, of no use to real machines (docs/guides/agent.md: how to build the real ones): ${standIns.join(", ")}`;
}

/** Shows every event to the operator and on the screen, for as long as there are any. Only ever rejects. */
async function watch(
  feed: Parameters<typeof followEvents>[0],
  { operator, screen }: { readonly operator: Operator; readonly screen: Screen },
): Promise<never> {
  for await (const event of followEvents(feed)) {
    operator.watch(event);
    screen.show(event);
  }
  return new Promise<never>(() => undefined);
}

/** So many problems are named; the rest have the same causes. */
const problemsShownMax = 20;

function report(
  { summary, problems }: RehearsalResult,
  { options, output }: { readonly options: RehearsalOptions; readonly output: Output },
): void {
  for (const problem of problems.slice(0, problemsShownMax)) output.note(problem);
  if (problems.length > problemsShownMax) output.note(`and ${problems.length - problemsShownMax} more`);
  output.note(summaryText(summary));
  if (options.exit) output.print(JSON.stringify(summary));
}

/** Until Ctrl-C, which is how this is meant to end. */
async function serveOn({
  service,
  machines,
  workspace,
  output,
  interruption,
  signal,
}: {
  readonly service: Service;
  readonly machines: readonly Hardware[];
  readonly workspace: Workspace;
  readonly output: Output;
  readonly interruption: Promise<never>;
  readonly signal: AbortSignal;
}): Promise<void> {
  const mac = machines[0]?.mac ?? "";
  output.print(whereToLook({ ...service, ...workspace, mac }));
  const ended = new AbortController();
  try {
    await Promise.race([once(signal, "abort", { signal: ended.signal }), interruption]);
  } finally {
    ended.abort();
  }
}
