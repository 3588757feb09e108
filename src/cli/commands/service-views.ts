import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { ConnectionLost, subscribe } from "../api/socket.ts";
import { type Change, longMs, runChange } from "../changes/change.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, withChange } from "../options.ts";
import { createProgress, type Progress } from "../progress.ts";
import { onAction, type Session } from "../session.ts";

export const rebuildView: Change = {
  mutation: "rebuildView",
  fields: "view { name state generation } digest",
  timeoutMs: longMs,
  done: () => "the view was built again, and took its place",
};
export const retryView: Change = {
  mutation: "retryView",
  fields: "view { name state }",
  done: () => "the view goes on",
};

/** How a view is doing, as that changes. */
export const viewSubscription = `subscription ($view: String) {
  viewChanged(view: $view) { building { kind phase events total eventsPerSecond } }
}`;

/** `service rebuild` and `service retry-view`: what is done to a single read model. */
export function addViewCommands(parent: Command, host: Host): void {
  const name = "its name, as service status shows it";
  const rebuild = withChange(
    parent.command("rebuild").description("build a read model again, and compare"),
  ).argument("<view>", name);
  onAction<ChangeOptions>(rebuild, host, async (session, { args: [view = ""], options }) => {
    const end = showProgress(session, view);
    try {
      await runChange(session, rebuildView, { input: { view }, options });
    } finally {
      await end();
    }
  });

  const retry = withChange(
    parent.command("retry-view").description("let a read model that stopped before an event try it again"),
  ).argument("<view>", name);
  onAction<ChangeOptions>(retry, host, async (session, { args: [view], options }) => {
    await runChange(session, retryView, { input: { view }, options });
  });
}

/** Shows how a rebuild goes, where somebody looks. Returns what ends that. */
function showProgress(session: Session, view: string): () => Promise<void> {
  if (!session.streams.canAsk || session.global.quiet) return async () => undefined;
  const over = new AbortController();
  const shown = followBuild(session, view, AbortSignal.any([session.signal, over.signal]));
  return () => {
    over.abort();
    return shown;
  };
}

async function followBuild(session: Session, view: string, signal: AbortSignal): Promise<void> {
  const { target } = await session.api();
  const subscription = { query: viewSubscription, variables: { view } };
  let bar: Progress | undefined;
  try {
    for await (const data of subscribe(target, subscription, { signal, debug: undefined })) {
      const { building } = data["viewChanged"] as Row;
      if (!building) continue;
      const { phase, events, total, eventsPerSecond } = building as Row;
      const unit =
        phase === "COMPARING" ? "events, comparing" : `events, ${Math.round(Number(eventsPerSecond))}/s`;
      bar ??= createProgress(session, { total: Number(total), unit, steps: Number(total) });
      bar.at(Number(events), { total: Number(total), unit });
    }
  } catch (error) {
    // Without the bar the rebuild is the same, and what is wrong with the connection its answer will tell.
    if (!(error instanceof ConnectionLost)) session.detail(String(error));
  } finally {
    bar?.end();
  }
}
