/** Fields that several inputs have, from what GraphQL lets pass to the domain's types. */

import { z } from "zod";
import { readOptionText } from "../../../domain/network/option-formats.ts";
import {
  type OptionSetting,
  optionBytesMax,
  optionSettingsMax,
} from "../../../domain/network/option-setting.ts";
import { LabelKey, type Labels, LabelValue } from "../../../domain/values/label.ts";
import { StationAddress } from "../../../domain/values/mac-address.ts";
import type { MachineId } from "../../../domain/values/machine-id.ts";
import { hexOctets } from "../../../domain/values/octets.ts";
import { ParamKey, type Params, ParamValue } from "../../../domain/values/param.ts";
import { machineIdOf } from "../resolvers/machine-reference.ts";

/** Longest text of a request that a message repeats. */
const quotedCharactersMax = 64;

/** A machine's opaque id, or its bare one. */
export const MachineReference = z.string().transform((text, refinement): MachineId => {
  const id = machineIdOf(text);
  if (id) return id;
  const message = `"${text.slice(0, quotedCharactersMax)}" is no id of a machine: take Machine.id`;
  refinement.addIssue({ code: "custom", message });
  return z.NEVER;
});

/** Most interfaces of one machine. */
const macsMax = 64;

/** The interfaces that a machine is announced by. */
export const Macs = z
  .array(StationAddress)
  .min(1, "expected the MAC address of one interface at least")
  .max(macsMax, `expected at most ${macsMax} MAC addresses`);

/** A field that may be left out; null is the same. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** Of a mutation that decides on many streams. */
export const noExpectedRevision = z
  .null({ error: "many machines have many revisions: leave it out" })
  .optional();

interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
}

/** A list of keys and values as what it stands for. A key that stands twice in it is a mistake. */
export function keyed<Value>(
  entries: readonly Entry<Value>[],
  refinement: z.RefinementCtx,
): Record<string, Value> {
  const keys = new Set<string>();
  for (const [index, { key }] of entries.entries()) {
    if (keys.has(key)) {
      const message = `${key} stands twice: leave one of the two out`;
      refinement.addIssue({ code: "custom", path: [index, "key"], message });
    }
    keys.add(key);
  }
  return Object.fromEntries(entries.map(({ key, value }) => [key, value]));
}

/** Most keys that one request names, before the domain counts what a machine would have. */
const keysMax = 256;

export const LabelEntries = z
  .array(z.object({ key: LabelKey, value: LabelValue }))
  .max(keysMax)
  .transform((entries, refinement): Labels => keyed(entries, refinement));

export const ParamEntries = z
  .array(z.object({ key: ParamKey, value: ParamValue }))
  .max(keysMax)
  .transform((entries, refinement): Params => keyed(entries, refinement));

/** What `labelMachine` asks for besides the machine. */
export const labelChange = { set: LabelEntries, remove: z.array(LabelKey).max(keysMax) };

/** What `setMachineParams` asks for besides the machine. */
export const paramChange = { set: ParamEntries, remove: z.array(ParamKey).max(keysMax) };

/** Why a machine is quarantined. */
export const QuarantineMessage = z.string().min(1).max(1_024);

/** Which machines, as the schema lists the labels that they have. */
export const SelectorEntries = z
  .array(
    z.object({
      key: z.string(),
      value: z
        .string()
        .nullish()
        .transform((value) => value ?? null),
    }),
  )
  .transform((labels, refinement) => keyed(labels, refinement))
  .nullish()
  .transform((selector) => selector ?? null);

/** What a relay says of a client or of itself (option 82), in hex of either case. */
export const RelayOctets = z
  .string()
  .toLowerCase()
  .pipe(hexOctets({ min: 1, max: 255 }));

/** Longest name of an option that is looked for. */
const optionNameMax = 64;

/** Longest text of an option: whatever it says in its own form, the octets that fit need less. */
const optionTextMax = 8 * optionBytesMax;

/** DHCP options as people write them. */
export const DhcpOptions = z
  .array(z.object({ option: z.string().max(optionNameMax), value: z.string().max(optionTextMax) }))
  .max(optionSettingsMax, `expected at most ${optionSettingsMax} options`)
  .transform((entries, refinement): OptionSetting[] =>
    entries.flatMap(({ option, value }, index) => {
      const read = readOptionText(option, value);
      if (typeof read !== "string") return [read];
      refinement.addIssue({ code: "custom", path: [index], message: read });
      return [];
    }),
  );
