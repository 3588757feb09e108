import { type Command, Option } from "commander";
import type { Row } from "../api/api.ts";
import { bulkChange, reportBulk } from "../changes/bulk.ts";
import {
  type Change,
  commonInput,
  confirm,
  notConfirmed,
  requestChange,
  runChange,
} from "../changes/change.ts";
import { machineIdOf } from "../changes/machine-reference.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, integer, withChange, withYes } from "../options.ts";
import { cellText, valueAt } from "../output/cell.ts";
import { onAction, type Session } from "../session.ts";

/** Something that is done to one machine, or to many at once. */
export interface MachineVerb {
  readonly verb: string;
  readonly summary: string;
  /** The mutation for one machine. */
  readonly mutation: string;
  /** What the payload holds beside the machine. (Default: nothing) */
  readonly fields?: string;
  /** The field of `MachineAction` for many. `undefined`: it is for one machine at a time. */
  readonly action?: string;
  /** What was done, in the past tense. */
  readonly done: string;
  /** What cannot be undone: it is asked first. */
  readonly asks?: string;
  /** Adds options and arguments. */
  readonly configure?: (command: Command) => Command;
  /** The input beside the machine. `words`: arguments that are no machines. @throws Failure */
  readonly input?: (options: Row, words: readonly string[]) => Row;
  /** How many of the words are machines; what follows goes to `input`. (Default: all without `=`) */
  readonly machinesMax?: number;
  /** Whether the input is for one machine only, such as a name. (Default: never) */
  readonly forOne?: (options: Row) => boolean;
}

interface Options extends ChangeOptions {
  readonly filter?: string;
  readonly confirmCount?: number;
}

/** Adds the command of a verb. */
export function addMachineVerb(parent: Command, verb: MachineVerb, host: Host): void {
  const command = withChange(parent.command(verb.verb).description(verb.summary));
  command.argument(verb.action === undefined ? "<machine>" : "[machines...]", "name, MAC, UUID or id");
  if (verb.action !== undefined) {
    command
      .option("--filter <search>", "all that match, such as 'state:discovered'")
      .addOption(new Option("--confirm-count <count>", "how many you mean").argParser(integer));
  }
  if (verb.asks !== undefined) withYes(command);
  verb.configure?.(command);
  onAction<Options>(command, host, async (session, { args, options }) => {
    const { machines, settings } = partedWords(args, verb);
    const input = verb.input?.({ ...options }, settings) ?? {};
    if (verb.input === undefined && settings.length > 0) throw usageError(`${settings[0]} is no machine`);
    const [only, ...others] = machines;
    if (only !== undefined && others.length === 0 && options.filter === undefined) {
      await changeOne(session, verb, { machine: only, input, options });
    } else {
      await changeMany(session, verb, { machines, input, options });
    }
  });
}

function partedWords(args: readonly string[], { machinesMax }: MachineVerb) {
  if (machinesMax !== undefined)
    return { machines: args.slice(0, machinesMax), settings: args.slice(machinesMax) };
  return {
    machines: args.filter((word) => !word.includes("=")),
    settings: args.filter((word) => word.includes("=")),
  };
}

async function changeOne(
  session: Session,
  verb: MachineVerb,
  { machine, input, options }: { readonly machine: string; readonly input: Row; readonly options: Options },
): Promise<void> {
  const asks = verb.asks !== undefined && !options.yes && !options.dryRun;
  // Where nobody can be asked, nothing needs to be looked up first.
  if (asks && !session.streams.canAsk) await confirm(session, `${verb.asks} ${machine}`, options);
  const machineId = await machineIdOf(session, machine);
  const change = oneChange(verb);
  if (asks) {
    // Nobody is asked about what would be refused anyway.
    await requestChange(session, change, {
      machineId,
      ...input,
      ...commonInput({ ...options, dryRun: true }),
    });
    await confirm(session, `${verb.asks} ${machine}`, options);
  }
  await runChange(session, change, { input: { machineId, ...input }, options });
}

/** The mutation of a verb for one machine. */
export function oneChange({ mutation, done, fields = "" }: MachineVerb): Change {
  return {
    mutation,
    fields: `machine { id machineId name state locked revision } ${fields}`,
    done: (payload) => {
      const named = ["machine.name", "machine.machineId"].map((path) => cellText(valueAt(payload, path)));
      const run = cellText(valueAt(payload, "run.runId"));
      return `machine/${named.find((name) => name !== "") ?? "?"} ${done}${run === "" ? "" : `: run/${run}`}`;
    },
  };
}

async function changeMany(
  session: Session,
  verb: MachineVerb,
  {
    machines,
    input,
    options,
  }: { readonly machines: readonly string[]; readonly input: Row; readonly options: Options },
): Promise<void> {
  const { filter, confirmCount } = options;
  if (verb.action === undefined) throw usageError(`${verb.verb} takes one machine`);
  if (verb.forOne?.({ ...options })) throw usageError(`${verb.verb}: what you say is for one machine only`);
  if ((machines.length === 0) === (filter === undefined)) {
    throw usageError("name machines, or say --filter", `ironledger machines ${verb.verb} --help shows how`);
  }
  const what = filter === undefined ? `${machines.length} machines` : `every machine that matches ${filter}`;
  if (verb.asks !== undefined && confirmCount === undefined && !session.streams.canAsk)
    await confirm(session, `${verb.asks} ${what}`, options);
  const request = {
    selector:
      filter === undefined
        ? { machineIds: await idsOf(session, machines) }
        : { matching: { search: filter } },
    action: { [verb.action]: Object.keys(input).length > 0 ? input : true },
    ...commonInput(options),
  };
  const payload = await requestChange(session, bulkChange, {
    ...request,
    confirmCount: confirmCount ?? (await confirmedCount(session, verb, { request, options })),
  });
  await reportBulk(session, payload, { done: verb.done, options });
}

/** Most machines that are changed without a question, unless it is one that is always asked. */
const unaskedMax = 10;

/**
 * How many machines a person says are meant, after a look at how many would be. `undefined`: nobody was asked.
 *
 * @throws Failure when they are not meant
 */
async function confirmedCount(
  session: Session,
  verb: MachineVerb,
  { request, options }: { readonly request: Row; readonly options: Options },
): Promise<number | undefined> {
  if (options.dryRun || options.yes || !session.streams.canAsk) return undefined;
  const { matched, accepted } = await requestChange(session, bulkChange, { ...request, dryRun: true });
  // What all of them refuse is told by the change itself.
  if (accepted === 0 || (verb.asks === undefined && Number(matched) <= unaskedMax)) return undefined;
  const question =
    verb.asks === undefined
      ? `${accepted} of ${matched} machines would be ${verb.done}.`
      : `${verb.asks} ${accepted} of ${matched} machines cannot be undone.`;
  if (await session.streams.ask(`${question} Go on? [y/N] `)) return Number(matched);
  throw notConfirmed();
}

function idsOf(session: Session, machines: readonly string[]): Promise<readonly string[]> {
  return Promise.all(machines.map((machine) => machineIdOf(session, machine)));
}
