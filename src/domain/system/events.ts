import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";

export const systemStream = "system";

/** The service came up, in this version and on this host. */
export const ServiceStarted = defineEvent("ServiceStarted", {
  /** Of Ironledger. */
  version: z.string(),
  nodeVersion: z.string(),
  hostname: z.string(),
});

/** How it was noticed that the log is a copy of an older one. */
export const RestoreEvidence = z.enum(["restore-command", "copied-files", "older-than-witness"]);
export type RestoreEvidence = z.infer<typeof RestoreEvidence>;

/** The log continues from a copy. Nothing outside is touched until an operator starts an effects epoch. */
export const RestoreDetected = defineEvent("RestoreDetected", {
  evidence: RestoreEvidence,
  /** The incarnation that the copy was taken of. */
  previousIncarnation: z.string(),
  message: z.string(),
});

/** An operator looked at the restored state and lets the service act again. Ends every older intent. */
export const EffectsEpochStarted = defineEvent("EffectsEpochStarted", {
  /** From 1. */
  epoch: z.int().positive(),
});

/** The wall clock jumped by more than a minute. Expiry and grants of lapsed addresses wait. */
export const ClockStepped = defineEvent("ClockStepped", {
  fromMs: z.int(),
  toMs: z.int(),
});

/** An operator confirmed that the clock is right. */
export const ClockConfirmed = defineEvent("ClockConfirmed", {});

const systemEvents = [
  ServiceStarted,
  RestoreDetected,
  EffectsEpochStarted,
  ClockStepped,
  ClockConfirmed,
] as const;
export type SystemEvent = EventOf<(typeof systemEvents)[number]>;
export const systemCodec = eventCodec(systemEvents);
