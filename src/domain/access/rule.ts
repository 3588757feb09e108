import { z } from "zod";
import { LabelKey, type Labels, LabelValue } from "../values/label.ts";
import { ScopeName } from "./scopes.ts";

/**
 * Which machines: those that have every one of these labels, with this value, or with any value where it is null.
 */
export const LabelSelector = z.record(LabelKey, LabelValue.nullable());
export type LabelSelector = Readonly<z.infer<typeof LabelSelector>>;

/** One line of an access role. */
export const AccessRule = z.strictObject({
  scopes: z.array(ScopeName),
  /** Which machines the scopes hold for; null: all, and what belongs to no machine. */
  machines: LabelSelector.nullable(),
});
export type AccessRule = z.infer<typeof AccessRule>;

/** Whether a machine with these labels is one of those that the selector means. */
export function selects(selector: LabelSelector, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) =>
    value === null ? Object.hasOwn(labels, key) : Object.hasOwn(labels, key) && labels[key] === value,
  );
}

/** Whether every machine that `narrow` means is one that `wide` means. */
export function isWithin(narrow: LabelSelector, wide: LabelSelector): boolean {
  return Object.entries(wide).every(
    ([key, value]) => Object.hasOwn(narrow, key) && (value === null || narrow[key] === value),
  );
}
