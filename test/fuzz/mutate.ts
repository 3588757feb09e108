/** Numbers that look random and are the same for the same seed (mulberry32). */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

type Mutation = (input: Uint8Array, random: Random, seeds: readonly Uint8Array[]) => Uint8Array;

/** Octets that mean something somewhere: ends of text, lengths at their limits, PAD and END, quotes and braces. */
const tellingOctets = Buffer.from("\0\x01\x7f\x80\xfe\xff\r\n\t \"'`\\/.{}$;|&<>%#", "latin1");

/** Codes of the DHCP options that are read, and of some that are set. */
export const tellingCodes = [12, 43, 50, 52, 53, 54, 55, 57, 60, 61, 77, 82, 93, 97, 118, 124, 125, 175];

const mutations: readonly Mutation[] = [
  (input, random) => changed(input, random, () => random(256)),
  (input, random) => changed(input, random, () => tellingOctets[random(tellingOctets.length)] ?? 0),
  (input, random) => input.slice(0, random(input.length + 1)),
  (input, random) => Buffer.concat([input, octets(random(300), random)]),
  (input, random) => spliced(input, octets(1 + random(8), random), random),
  (input, random) => spliced(input, anOption(random), random),
  (input, random) => spliced(input, part(input, random), random),
  (input, random, seeds) => spliced(input, part(seeds[random(seeds.length)] ?? input, random), random),
  (input, random) => without(input, random),
];

/**
 * An input made of the seeds: one of them, damaged in one way, or in a few ways less often, of at most 4,096 octets. One
 * in 32 is nothing but octets.
 */
export function mutated(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  if (random(32) === 0) return octets(random(1600), random);
  let input = Uint8Array.from(seeds[random(seeds.length)] ?? []);
  do {
    input = Uint8Array.from(mutations[random(mutations.length)]?.(input, random, seeds) ?? input);
  } while (random(3) === 0);
  return input.subarray(0, 4096);
}

function changed(input: Uint8Array, random: Random, octet: () => number): Uint8Array {
  const output = Uint8Array.from(input);
  for (let left = 1 + random(6); left > 0 && output.length > 0; left--)
    output[random(output.length)] = octet();
  return output;
}

/** As many as that. */
export function octets(count: number, random: Random): Uint8Array {
  return Uint8Array.from({ length: count }, () => random(256));
}

function anOption(random: Random): Uint8Array {
  const code = random(3) === 0 ? random(256) : (tellingCodes[random(tellingCodes.length)] ?? 0);
  const value = octets(random(random(8) === 0 ? 256 : 12), random);
  // One in eight lies about its length.
  return Uint8Array.of(code, random(8) === 0 ? random(256) : value.length, ...value);
}

function part(input: Uint8Array, random: Random): Uint8Array {
  const start = random(input.length + 1);
  return input.slice(start, start + random(input.length - start + 1));
}

function spliced(input: Uint8Array, inserted: Uint8Array, random: Random): Uint8Array {
  const at = random(input.length + 1);
  return Buffer.concat([input.subarray(0, at), inserted, input.subarray(at)]);
}

function without(input: Uint8Array, random: Random): Uint8Array {
  const start = random(input.length + 1);
  return Buffer.concat([input.subarray(0, start), input.subarray(start + random(16))]);
}
