import { type BootDecision, decideBoot, type MachineAtBoot } from "../../boot/http/boot-decision.ts";
import { type CarryOutOptions, carryOut, localDisk } from "../../boot/http/carry-out.ts";
import { machineLookup } from "../../boot/http/machine-lookup.ts";
import { type MadeScript, sourceFor } from "../../boot/http/script-maker.ts";
import type { ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import { claimKind } from "../../domain/claim/decide.ts";
import type { Refusal } from "../../domain/decision.ts";
import type { DomainEvent } from "../../domain/event.ts";
import type { CommandHandler, StreamKind } from "../../domain/handle-command.ts";
import { machineKind } from "../../domain/machine/decide.ts";
import type { UnknownMachinePolicy } from "../../domain/network/subnet.ts";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import type { PublishedEnvironment } from "../../projections/environment-catalogue.ts";
import type { StreamReader } from "./past-log.ts";
import type { Then } from "./then.ts";

/** What the boot service decided, and what came of it. */
export interface Rehearsed {
  readonly known: MachineAtBoot | undefined;
  readonly decision: BootDecision;
  /** `undefined`: not even one for the disk is published. */
  readonly script: MadeScript | undefined;
  /** The decision asked for more than the disk, and this is why it got the disk. */
  readonly fellBack: string | undefined;
  /** What would run the script. */
  readonly format: ScriptFormat;
}

/** Where a client asks for its script, and what for. */
export interface ScriptPlace {
  readonly unknownMachines: UnknownMachinePolicy;
  readonly address: Ipv4;
  readonly format: ScriptFormat;
}

/** An id that nothing of a rehearsal outlives. */
const id = "00000000-0000-7000-8000-000000000000";

const noDigest = "0".repeat(64) as Sha256;

/**
 * Lets the boot service itself decide about a script and do what follows from that, with commands that are decided as
 * they would be and written nowhere. No template is rendered.
 */
export async function rehearseScript(
  then: Then,
  { unknownMachines, address, format }: ScriptPlace,
): Promise<Rehearsed> {
  const { question, log, targets, client } = then;
  const known = await machineLookup(log, () => targets.fence().epochPosition).byMac(question.mac);
  const decision = decideBoot({
    fenced: targets.fence().fenced,
    unknownMachines,
    // Neither is in the log: whoever boots now is not turned away, and boots anew.
    suppressed: false,
    startedAgent: false,
    known,
  });
  const refusals: Refusal["rejection"][] = [];
  const options = rehearsalOptions(then, refusals);
  const boot = { architecture: client.architecture ?? null, correlationId: id, suppressed: false };
  const ticket = { mac: question.mac, bootId: id };
  const asking = {
    ticket,
    address,
    boot,
    see: () => undefined,
    format,
    known,
  };
  let failure: string | undefined;
  const wanted = await carryOut(decision, asking, options).catch((error: Error) => {
    failure = error.message;
    return undefined;
  });
  const disk = () => localDisk(asking, options).catch(() => undefined);
  const fellBack =
    wanted || decision.action === "local-disk" ? undefined : (failure ?? whyNot(decision, refusals));
  return { known, decision, script: wanted ?? (await disk()), fellBack, format };
}

/** Why what the decision asked for was not to be had. */
function whyNot({ action }: BootDecision, refusals: readonly Refusal["rejection"][]): string {
  const [refusal] = refusals;
  if (refusal) return `${refusal.message} (${refusal.code})`;
  return action === "discover"
    ? "no boot environment for discovery is published"
    : "its script was sent three times and no agent reported (INTENT_NEVER_CONSUMED)";
}

function rehearsalOptions({ log, targets }: Then, refusals: Refusal["rejection"][]): CarryOutOptions {
  const rehearsed = (published: PublishedEnvironment) => ({
    version: { name: published.name, version: published.version, digest: published.digest },
    manifest: published.manifest,
    templates: {},
  });
  return {
    newId: () => id,
    servedRuns: { note: () => undefined },
    handlers: {
      handleMachine: rehearsedHandler(machineKind, { log, refusals }),
      handleClaim: rehearsedHandler(claimKind, { log, refusals: [] }),
    },
    catalogue: {
      async forPurpose(purpose) {
        const published = targets.environments().findLast(({ manifest }) => manifest.purpose === purpose);
        return published && rehearsed(published);
      },
      async pinned({ name, version }) {
        const published = targets.environment(name, version);
        if (!published) throw new Error(`the log has no version ${version} of ${name}`);
        return rehearsed(published);
      },
    },
    maker: {
      make: async (environment, { format, machine, run }) => ({
        environment: environment.version,
        machineId: machine?.id,
        run,
        // Instead of a text that is rendered: what it would be rendered from.
        text: sourceFor(environment, format).script,
        digests: { inputs: noDigest, script: noDigest },
        keep: async () => undefined,
      }),
    },
  };
}

/** Decides on the stream as it was, and appends nothing. */
function rehearsedHandler<State, Command, Event extends DomainEvent, Code extends string>(
  { decider, codec }: StreamKind<State, Command, Event, Code>,
  { log, refusals }: { readonly log: StreamReader; readonly refusals: Refusal["rejection"][] },
): CommandHandler<State, Command, Code> {
  /** As the commands of the rehearsal left them. */
  const states = new Map<string, State>();
  return async (stream, command) => {
    const recorded = await log.readStream(stream);
    const state = states.get(stream) ?? recorded.map(codec.read).reduce(decider.evolve, decider.initial);
    const decision = decider.decide(command, state);
    if (decision.outcome === "rejected") {
      refusals.push(decision.rejection);
      return { ...decision, state };
    }
    const after = decision.events.reduce(decider.evolve, state);
    states.set(stream, after);
    return {
      outcome: "accepted",
      state: after,
      position: recorded.at(-1)?.position,
      revision: recorded.at(-1)?.revision ?? "no-stream",
      eventIds: [],
    };
  };
}
