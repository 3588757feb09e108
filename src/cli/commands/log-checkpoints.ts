import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { rowsOf } from "../api/pages.ts";
import { type Change, runChange } from "../changes/change.ts";
import { events } from "../collections/events.ts";
import { bareName } from "../collections/name.ts";
import { Failure, usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, integer, type OutputOptions, withChange, withOutput } from "../options.ts";
import type { Column } from "../output/column.ts";
import { printRows } from "../output/print-rows.ts";
import { onAction, type Session } from "../session.ts";

const checkpointFields = "size root note verifierKey signedAt position";

/** The newest checkpoints, oldest of them first. */
export const checkpointsDocument = `query ($last: Int!) {
  checkpoints(last: $last) { nodes { ${checkpointFields} } }
}`;

/** How the log is signed. */
export const signingDocument = `{ logSigning {
  origin verifierKey unsignedEvents directory contradiction newest { ${checkpointFields} }
} }`;

/** That an event is in the log. */
export const inclusionDocument = `query ($eventId: ID!, $size: SafeInt) {
  inclusionProof(eventId: $eventId, size: $size) { text }
}`;

/** That the log continues what it was. */
export const consistencyDocument = `query ($from: SafeInt!, $size: SafeInt) {
  consistencyProof(from: $from, size: $size) { text }
}`;

const checkpointColumns: readonly Column[] = [
  { name: "size", path: "size" },
  { name: "signed", path: "signedAt", kind: "time" },
  { name: "root", path: "root" },
  { name: "position", path: "position", wide: true },
];

export const signCheckpoint: Change = {
  mutation: "signCheckpoint",
  fields: `checkpoint { ${checkpointFields} }`,
  done: ({ checkpoint }) =>
    checkpoint ? `the first ${(checkpoint as Row)["size"]} events are signed` : "the log would be signed",
};

interface ProveOptions {
  readonly size?: number;
  readonly from?: number;
}

/** `log checkpoint`, `log sign`, `log prove` and what belongs to them: what a third party keeps. */
export function addCheckpoints(parent: Command, host: Host): void {
  const newest = parent
    .command("checkpoint")
    .description("print the newest signed checkpoint, as a third party keeps it");
  onAction(newest, host, async (session) => {
    const { newest: checkpoint } = await signingOf(session);
    if (!checkpoint) throw new Failure("notFound", "no checkpoint was signed yet", signFirst);
    await session.streams.out(String((checkpoint as Row)["note"]));
  });

  const key = parent.command("key").description("print the public key that checkpoints are checked with");
  onAction(key, host, async (session) => {
    await session.streams.out(`${(await signingOf(session))["verifierKey"]}\n`);
  });

  const list = withOutput(parent.command("checkpoints").description("list the newest signed checkpoints"));
  list.option("--limit <count>", "how many, at most 200", integer, 20);
  onAction<OutputOptions & { readonly limit: number }>(list, host, async (session, { options }) => {
    const data = await (await session.api()).ask(checkpointsDocument, { last: options.limit });
    const nameOf = ({ size }: Row) => `checkpoint/${size}`;
    await printRows(session, rowsOf(data, "checkpoints"), { options, columns: checkpointColumns, nameOf });
  });

  const sign = withChange(parent.command("sign").description("sign a checkpoint now, before it is due"));
  onAction<ChangeOptions>(sign, host, async (session, { options }) => {
    await runChange(session, signCheckpoint, { input: {}, options });
  });

  addProve(parent, host);
}

function addProve(parent: Command, host: Host): void {
  const prove = parent
    .command("prove")
    .description("print the proof that an event is in the log, or that the log continues what it was")
    .argument("[event]", "an event by its id")
    .option("--from <size>", "instead of an event: prove that the log continues its first events", integer)
    .option("--size <size>", "against the checkpoint of so many events", integer);
  onAction<ProveOptions>(prove, host, async (session, { args: [event], options }) => {
    if ((event === undefined) === (options.from === undefined)) {
      throw usageError("name an event, or say --from and a size", "ironledger events list -o wide shows ids");
    }
    await session.streams.out(
      event === undefined
        ? await consistencyOf(session, options)
        : await inclusionOf(session, bareName(events, event), options),
    );
  });
}

const signFirst = { code: "NOT_FOUND", remedy: "ironledger log sign signs one" };

async function signingOf(session: Session): Promise<Row> {
  return (await (await session.api()).ask(signingDocument))["logSigning"] as Row;
}

async function inclusionOf(session: Session, eventId: string, { size }: ProveOptions): Promise<string> {
  const data = await (await session.api()).ask(inclusionDocument, { eventId, size });
  const proof = data["inclusionProof"] as Row | null;
  if (proof) return String(proof["text"]);
  throw new Failure("notFound", `there is no event ${eventId}, or no such checkpoint covers it`, signFirst);
}

async function consistencyOf(session: Session, { from, size }: ProveOptions): Promise<string> {
  const data = await (await session.api()).ask(consistencyDocument, { from, size });
  const proof = data["consistencyProof"] as Row | null;
  if (proof) return String(proof["text"]);
  throw new Failure("notFound", `no such checkpoint covers ${from} events`, signFirst);
}
