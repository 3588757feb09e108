import { setTimeout as delay } from "node:timers/promises";
import { type Command, Option } from "commander";
import type { Api, Row } from "../api/api.ts";
import { type Change, requestChange } from "../changes/change.ts";
import { Failure } from "../failure.ts";
import type { Host } from "../host.ts";
import { withOutput } from "../options.ts";
import { inert } from "../output/inert.ts";
import { jsonText } from "../output/serialise.ts";
import { createProgress } from "../progress.ts";
import { onAction, type Session } from "../session.ts";

interface VerifyOptions {
  readonly views?: boolean;
  readonly last?: boolean;
  readonly cancel?: boolean;
  readonly output: string;
}

const fields = `id actor state stage done total perSecond secondsLeft startedAt endedAt failure
  report { logId incarnation events root signedEvents findingCount findings { code ordinal stream revision message } }
  views { view position digest difference }`;

/** Begins a verification. */
export const verifyLog: Change = {
  mutation: "verifyLog",
  fields: `verification { ${fields} }`,
  done: () => "the log is being verified",
};

/** Ends the one that is under way. */
export const cancelVerification: Change = {
  mutation: "cancelVerification",
  fields: "verification { state }",
  done: () => "nothing is being verified any more",
};

/** How far the newest verification is. */
export const verificationDocument = `{ verification { ${fields} } }`;

const firstDelayMs = 100;
const delayMsMax = 2_000;

/** `log verify`: the service verifies its log while it goes on. */
export function addVerify(parent: Command, host: Host): void {
  const command = withOutput(
    parent.command("verify").description("have the service verify all of its log, and wait for the end"),
  )
    .option("--views", "also compare each read model with what the log makes of it")
    .addOption(
      new Option("--last", "show what the newest one came to, or wait for its end").conflicts([
        "views",
        "cancel",
      ]),
    )
    .addOption(new Option("--cancel", "end the one that is under way").conflicts(["views", "last"]));
  onAction<VerifyOptions>(command, host, async (session, { options }) => {
    if (options.cancel) return cancel(session);
    await tellOf(session, await waitForEnd(session, await begun(session, options)), options);
  });
}

async function cancel(session: Session): Promise<void> {
  const payload = await requestChange(session, cancelVerification, {});
  session.note(cancelVerification.done(payload, {}));
}

/** @throws Failure when there never was one */
async function begun(session: Session, { views = false, last = false }: VerifyOptions): Promise<Row> {
  if (!last) return (await requestChange(session, verifyLog, { views }))["verification"] as Row;
  const { verification } = await (await session.api()).ask(verificationDocument);
  if (verification) return verification as Row;
  throw new Failure("failure", "the log was never verified", {
    code: "VERIFICATION_UNKNOWN",
    remedy: "ironledger log verify",
  });
}

/** @throws Failure when it has no result, or when something is wrong */
async function tellOf(session: Session, ended: Row, { output }: VerifyOptions): Promise<void> {
  if (ended["state"] !== "ENDED") {
    throw new Failure("failure", `the log was not verified: ${ended["failure"]}`, {
      code: ended["state"] === "CANCELLED" ? "VERIFICATION_CANCELLED" : "VERIFICATION_FAILED",
    });
  }
  const isText = output === "table" || output === "wide";
  await session.streams.out(isText ? textOf(ended) : `${jsonText(ended, 2)}\n`);
  if (wrongIn(ended).length === 0) return;
  throw new Failure("failure", "the log, or a read model, is not as it was written", {
    code: "VERIFICATION_FOUND",
    remedy: "keep everything as it is: the guide on verifying says what to do",
  });
}

/** The verification once it has ended. A bar shows how far each stage is. */
async function waitForEnd(session: Session, begun: Row): Promise<Row> {
  const api = await session.api();
  let now = begun;
  let bar = barOf(session, now);
  let shown = 0;
  for (let waitMs = firstDelayMs; now["state"] === "RUNNING"; waitMs = Math.min(waitMs * 2, delayMsMax)) {
    await delay(waitMs, undefined, { signal: session.signal });
    const next = await newestOf(api, begun);
    if (next["stage"] !== now["stage"] || (now["total"] === 0 && next["total"] !== 0)) {
      bar.end();
      bar = barOf(session, next);
      shown = 0;
    }
    bar.advance(Number(next["done"]) - shown);
    shown = Number(next["done"]);
    now = next;
  }
  bar.end();
  return now;
}

function barOf(session: Session, { stage, total }: Row) {
  const unit = stage === "VIEWS" ? "events of the read models" : "events";
  return createProgress(session, { total: Number(total), unit, steps: Number(total) });
}

/** @throws Failure when the service forgot it: it was started anew */
async function newestOf(api: Api, { id }: Row): Promise<Row> {
  const { verification } = await api.ask(verificationDocument);
  if (verification && (verification as Row)["id"] === id) return verification as Row;
  throw new Failure("failure", "the service ended the verification before its end", {
    code: "VERIFICATION_FAILED",
  });
}

/** A line for each thing that is wrong. */
function wrongIn({ report, views }: Row): readonly string[] {
  const { findings, findingCount } = report as { findings: readonly Row[]; findingCount: number };
  const more = findingCount - findings.length;
  return [
    ...findings.map(findingLine),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(views as readonly Row[]).flatMap(({ view, difference }) =>
      difference === null ? [] : [`read model ${view}: ${difference}`],
    ),
  ];
}

function findingLine({ code, ordinal, stream, revision, message }: Row): string {
  const where = [
    ...(ordinal === null ? [] : [`position ${ordinal}`]),
    ...(stream === null ? [] : [`stream ${JSON.stringify(stream)}`]),
    ...(revision === null ? [] : [`revision ${revision}`]),
  ];
  return [code, ...(where.length > 0 ? [where.join(", ")] : []), message].join(": ");
}

function textOf(verification: Row): string {
  const { logId, incarnation, events, root, signedEvents } = verification["report"] as Row;
  const views = verification["views"] as readonly Row[];
  const wrong = wrongIn(verification);
  return [
    ...wrong,
    `log ${logId}, incarnation ${incarnation}: ${events} events, verified at ${verification["endedAt"]}`,
    `root of the first ${events} events: ${root}`,
    ...(signedEvents === null ? [] : [`a signed checkpoint vouches for the first ${signedEvents}`]),
    ...(views.length > 0 ? [`${views.length} read models were compared with the log`] : []),
    ...(wrong.length === 0 ? ["nothing wrong was found"] : []),
  ]
    .map((line) => `${inert(line)}\n`)
    .join("");
}
