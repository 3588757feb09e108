import type { OptionEntry } from "./option.ts";
import type { OptionList } from "./option-list.ts";

const subnetMaskCode = 1;
const routersCode = 3;
const staticRoutesCode = 33;
const vendorSpecificCode = 43;
const classlessRoutesCode = 121;
const vendorIdentifyingClassCode = 124;
const vendorIdentifyingOptionsCode = 125;

/** Mask, routers, DNS servers, domain, T1 and T2: clients need them, whether or not they think of asking. */
const unasked = new Set([subnetMaskCode, routersCode, 6, 15, 58, 59]);

/** What decides which options a client gets. */
export interface Asking {
  /** Option 55; empty: the client sent none, and gets all there is (RFC 2131 s. 4.3.1). */
  readonly wanted: readonly number[];
  /** Whether the client sent the option itself. */
  readonly sent: (code: number) => boolean;
}

/**
 * Adds those of the available options that the client is to get: first those that it asked for, in its order (RFC 2132
 * s. 9.8), then those that it gets unasked. The mask comes before the routers (RFC 2132 s. 3.3).
 */
export function addChosen(available: readonly OptionEntry[], { wanted, sent }: Asking, to: OptionList): void {
  const left = withoutOldRoutes(available, wanted);
  for (const code of wanted) {
    const entry = entryOf(left, code);
    if (!entry) continue;
    const mask = code === routersCode && entryOf(left, subnetMaskCode);
    if (mask) to.add(mask);
    to.add(entry);
  }
  for (const entry of left) {
    if (wanted.length === 0 || unasked.has(entry[0]) || isOfVendor(entry[0], sent)) to.add(entry);
  }
}

/** Who asks for classless routes gets the default route among them, and no other (RFC 3442). */
function withoutOldRoutes(
  available: readonly OptionEntry[],
  wanted: readonly number[],
): readonly OptionEntry[] {
  if (!entryOf(available, classlessRoutesCode) || !wanted.includes(classlessRoutesCode)) return available;
  return available.filter(([code]) => code !== routersCode && code !== staticRoutesCode);
}

/** A client that tells its vendor of itself wants to hear its vendor's options (RFC 2132 s. 8.4, RFC 3925 s. 4). */
function isOfVendor(code: number, sent: Asking["sent"]): boolean {
  if (code === vendorSpecificCode) return sent(vendorSpecificCode);
  return (
    code === vendorIdentifyingOptionsCode &&
    (sent(vendorIdentifyingClassCode) || sent(vendorIdentifyingOptionsCode))
  );
}

function entryOf(entries: readonly OptionEntry[], code: number): OptionEntry | undefined {
  return entries.find((entry) => entry[0] === code);
}
