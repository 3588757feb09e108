import { accessCodec } from "./access/events.ts";
import { loginCodec } from "./access/login-events.ts";
import { accessRoleCodec } from "./access/role-events.ts";
import { addressCodec } from "./address/events.ts";
import { bootCodec } from "./boot/events.ts";
import { bootEnvironmentCodec } from "./boot-environment/events.ts";
import { BulkCompleted, bulkCodec } from "./bulk/events.ts";
import { checkpointCodec } from "./checkpoint/events.ts";
import { claimCodec } from "./claim/events.ts";
import type { DomainEvent, EventCodec } from "./event.ts";
import { MachineRetired, machineCodec } from "./machine/events.ts";
import { networkCodec } from "./network/events.ts";
import { systemCodec } from "./system/events.ts";
import { categoryOf } from "./values/category.ts";

/** One kind of stream, as the reference, the golden samples and the checks of the log see it. */
export interface CatalogueEntry {
  /** How the names of its streams look. What comes before the first dash is the category. */
  readonly streams: readonly string[];
  /** `none`: observations, which nothing decides on. */
  readonly state: "newest event" | "fold" | "none";
  /**
   * Which events the log's file must keep when older ones are archived, beside the newest of each stream: all, or those
   * of streams that are not closed, which is told by the type of their last event; `none`: no more than the newest.
   * Whatever is decided on, or read while a machine boots, is kept. (Default: all)
   */
  readonly kept?: "none" | { readonly unlessClosedBy: string };
  readonly codec: EventCodec<DomainEvent>;
}

/** Every kind of stream that this release knows. A new kind of stream gets its line here. */
export const catalogue: readonly CatalogueEntry[] = [
  { streams: ["network"], state: "fold", codec: networkCodec },
  { streams: ["address-<ip>"], state: "newest event", kept: "none", codec: addressCodec },
  { streams: ["mac-<mac>", "name-<name>"], state: "fold", codec: claimCodec },
  { streams: ["boot-<mac>"], state: "none", kept: "none", codec: bootCodec },
  {
    streams: ["machine-<id>"],
    state: "fold",
    kept: { unlessClosedBy: MachineRetired.type },
    codec: machineCodec,
  },
  { streams: ["bulk-<id>"], state: "fold", kept: { unlessClosedBy: BulkCompleted.type }, codec: bulkCodec },
  { streams: ["bootenv-<name>"], state: "newest event", codec: bootEnvironmentCodec },
  { streams: ["access-<id>"], state: "fold", codec: accessCodec },
  { streams: ["accessrole-<name>"], state: "newest event", codec: accessRoleCodec },
  { streams: ["login-<address>"], state: "none", kept: "none", codec: loginCodec },
  { streams: ["checkpoint-<log>"], state: "newest event", kept: "none", codec: checkpointCodec },
  { streams: ["system"], state: "fold", codec: systemCodec },
];

/** The kind of a stream, by its category; `undefined` when this release knows none. */
export function catalogueEntryOf(stream: string): CatalogueEntry | undefined {
  return catalogue.find(({ streams }) =>
    streams.some((pattern) => categoryOf(pattern) === categoryOf(stream)),
  );
}
