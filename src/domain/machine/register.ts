import { macClaimStream, nameClaimStream } from "../claim/events.ts";
import { type Refusal, type Rejection, reject } from "../decision.ts";
import type { CommandContext, CommandResult, HandlerRejectionCode } from "../handle-command.ts";
import type { EventMeta } from "../ports/event-store.ts";
import type { Labels } from "../values/label.ts";
import type { MacAddress } from "../values/mac-address.ts";
import { type MachineId, machineStream } from "../values/machine-id.ts";
import type { Params } from "../values/param.ts";
import type { MachineName } from "../values/slug.ts";
import { claimName, type NameRejectionCode } from "./claim-name.ts";
import { register as decideRegistration } from "./decide-registration.ts";
import type { CommandOf, MachineRejectionCode } from "./decision.ts";
import type { MachineHandlers } from "./handlers.ts";
import { machineNow, releaseUnused } from "./release-claims.ts";
import { type Machine, unknownMachine } from "./state.ts";

export interface Registration {
  /** The id of the machine: a new UUID, the same whenever the same request is sent again. */
  readonly newMachineId: MachineId;
  /** At least one. */
  readonly macs: readonly MacAddress[];
  readonly name?: MachineName | undefined;
  readonly labels?: Labels | undefined;
  readonly params?: Params | undefined;
}

/** Why a machine is not registered. */
export type RegistrationRejectionCode =
  | MachineRejectionCode
  | NameRejectionCode
  /** A machine has the MAC address, and was not registered with the same addresses, name, labels and params. */
  | "MAC_TAKEN";

type RegistrationRefusal = Refusal<RegistrationRejectionCode | HandlerRejectionCode>;

type RegistrationResult =
  | (Extract<CommandResult<Machine, never>, { outcome: "accepted" }> & {
      /** Not always `newMachineId`: what an earlier attempt left claimed keeps its machine's id. */
      readonly machineId: MachineId;
    })
  | RegistrationRefusal;

/**
 * Announces a machine that was not seen yet, by the MAC addresses that it will boot with.
 *
 * The claims come before the machine, and go again when it is refused. A crash in between leaves claims that name a
 * machine without events; the next call finds that name and completes that machine, as its first boot would.
 * Registering the same machine once more, with nothing new about it, records nothing.
 */
export async function registerMachine(
  handlers: MachineHandlers,
  registration: Registration,
  context: CommandContext,
): Promise<RegistrationResult> {
  const { newMachineId } = registration;
  const { meta } = context;
  // What no machine may be is refused before anything is claimed for it.
  const decision = decideRegistration(commandOf(registration), unknownMachine);
  if (decision.outcome === "rejected") return decision;
  const attempt = await register(handlers, { registration, machineId: newMachineId }, context);
  if (attempt.outcome !== "held") return attempt;
  const { mac, by } = attempt;
  if ((await machineNow(handlers, by, meta))?.status === "unknown") {
    const completed = await register(handlers, { registration, machineId: by }, context);
    return completed.outcome === "held" ? macTaken(completed.mac) : completed;
  }
  // A machine that is there accepts only what it was registered with, by whatever request that was: so one request
  // that registers many does not take the machine of one row for that of another.
  const repeated = await handlers.handleMachine(machineStream(by), commandOf(registration), { meta });
  if (repeated.outcome === "accepted") return { ...repeated, machineId: by };
  const { rejection } = repeated;
  return rejection.code === "MACHINE_EXISTS" ? macTaken(mac) : { outcome: "rejected", rejection };
}

interface Attempt {
  readonly registration: Registration;
  readonly machineId: MachineId;
}

/** A MAC address that another machine claims. */
interface HeldMac {
  readonly mac: MacAddress;
  readonly by: MachineId;
}

/** Frees what it claimed unless the machine rests on it. */
async function register(
  handlers: MachineHandlers,
  { registration, machineId }: Attempt,
  context: CommandContext,
): Promise<RegistrationResult | ({ readonly outcome: "held" } & HeldMac)> {
  const { meta } = context;
  const claimed: string[] = [];
  const claim = await claimAll(handlers, { registration, machineId, claimed }, meta);
  const result =
    claim.outcome === "claimed"
      ? await handlers.handleMachine(machineStream(machineId), commandOf(registration), context)
      : claim;
  // Also of a request that is sent again: the machine that it registered then may be retired by now.
  const machine = result.outcome === "accepted" ? result.state : await machineNow(handlers, machineId, meta);
  await releaseUnused(handlers, { machineId, machine, claimed }, meta);
  return result.outcome === "accepted" ? { ...result, machineId } : result;
}

type ClaimsMade =
  | { readonly outcome: "claimed" }
  | ({ readonly outcome: "held" } & HeldMac)
  | RegistrationRefusal;

/** Claims each address and the name. `claimed`: gets the streams of what was not claimed before. */
async function claimAll(
  handlers: MachineHandlers,
  { registration, machineId, claimed }: Attempt & { readonly claimed: string[] },
  meta: EventMeta,
): Promise<ClaimsMade> {
  for (const mac of new Set(registration.macs)) {
    const claim = await claimMac(handlers, { mac, machineId, claimed }, meta);
    if (claim.outcome !== "claimed") return claim;
  }
  const { name } = registration;
  if (name === undefined) return { outcome: "claimed" };
  const claim = await claimName(handlers, { machineId, name }, meta);
  if (claim.outcome === "rejected") return claim;
  if (claim.isNew) claimed.push(nameClaimStream(name));
  return { outcome: "claimed" };
}

async function claimMac(
  { handleClaim }: MachineHandlers,
  {
    mac,
    machineId,
    claimed,
  }: Pick<Attempt, "machineId"> & { readonly mac: MacAddress; readonly claimed: string[] },
  meta: EventMeta,
): Promise<ClaimsMade> {
  const stream = macClaimStream(mac);
  const claim = await handleClaim(stream, { type: "Claim", machineId }, { meta });
  if (claim.outcome === "accepted") {
    if (claim.eventIds.length > 0) claimed.push(stream);
    return { outcome: "claimed" };
  }
  const { rejection, state } = claim;
  if (state?.status === "held") return { outcome: "held", mac, by: state.by };
  // A claim that nobody holds is refused by the handler alone.
  return { outcome: "rejected", rejection: rejection as Rejection<HandlerRejectionCode> };
}

function commandOf({ macs, name, labels, params }: Registration): CommandOf<"RegisterMachine"> {
  return { type: "RegisterMachine", macs: [...new Set(macs)], name, labels, params };
}

/** Without the machine's id: whoever asks may not be allowed to know of it. */
function macTaken(mac: MacAddress): RegistrationRefusal {
  return reject("MAC_TAKEN", `a machine has ${mac}: correct the address, change that machine, or retire it`);
}
