import { mutated, type Random, randomFrom } from "./mutate.ts";
import type { FuzzTarget } from "./target.ts";

/** An input that broke a rule. */
export interface FuzzFailure {
  readonly target: string;
  readonly message: string;
  readonly inputHex: string;
}

/** Longest that one input may take, milliseconds: more than a slow machine needs, less than nobody waits for. */
const patienceMs = 10_000;

/** What became of one input. */
export type FuzzResult =
  | { readonly outcome: "refused" | "taken" }
  | { readonly outcome: "failed"; readonly failure: FuzzFailure };

/** Runs one input, of which the seed and the index decide. */
export async function fuzzOnce(target: FuzzTarget, seed: number, index: number): Promise<FuzzResult> {
  const input = inputOf(target, randomFrom(Math.imul(seed, 0x9e3779b1) + index));
  try {
    const isTaken = await withinPatience(Promise.resolve(target.run(Uint8Array.from(input))));
    return { outcome: isTaken ? "taken" : "refused" };
  } catch (error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const inputHex = Buffer.from(input).toString("hex");
    return { outcome: "failed", failure: { target: target.name, message, inputHex } };
  }
}

function inputOf({ seeds, make }: FuzzTarget, random: Random): Uint8Array {
  if (!make || random(2) === 0) return mutated(seeds, random);
  const made = make(random);
  return random(2) === 0 ? made : mutated([made], random);
}

async function withinPatience(running: Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${patienceMs} ms`)), patienceMs);
  });
  return Promise.race([running, late]).finally(() => clearTimeout(timer));
}
