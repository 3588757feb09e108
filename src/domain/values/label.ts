import { z } from "zod";

/**
 * What a label or a param is called: `rack`, `example.com/tier`. At most one `/`, behind a prefix that says whose
 * it is. Each part begins with a letter or a digit.
 */
export function labelKey() {
  return z
    .string()
    .max(63, "expected at most 63 characters")
    .regex(
      /^[a-z0-9][a-z0-9._-]*(?:\/[a-z0-9][a-z0-9._-]*)?$/,
      "expected a-z, 0-9, '.', '_', '-', at most one '/' between two parts, each part from a letter or digit on",
    );
}

/** What a label is called. 1 to 63 characters. */
export const LabelKey = labelKey();

/** What a label says: 0 to 63 of A-Z, a-z, 0-9, `.`, `_` and `-`. An empty one only marks its object. */
export const LabelValue = z
  .string()
  .regex(/^[A-Za-z0-9._-]{0,63}$/, "expected at most 63 of A-Z, a-z, 0-9, '.', '_' and '-'");

/** What operators sort machines by. Look keys up with `Object.hasOwn`: one may be called `constructor`. */
export const Labels = z.record(LabelKey, LabelValue);
export type Labels = Readonly<z.infer<typeof Labels>>;

/** Most labels of one object. */
export const labelsMax = 64;
