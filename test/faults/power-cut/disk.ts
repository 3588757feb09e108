import type { Random } from "../../fuzz/mutate.ts";
import type { Deed } from "./trace.ts";

/** What a disk writes as one piece, octets. */
const sectorBytes = 512;

/** What of the writes that nobody waited for a power cut leaves. */
export type Mercy = "all" | "none" | "some";

/** A disk with a cache that forgets at a power cut what was not synced, and some of what it failed to sync. */
export interface Disk {
  do(deed: Deed): void;
  /**
   * The files, by name, as a power cut at this moment leaves them. Of what was written and not synced there is all,
   * nothing, or whatever sectors the dice choose, in any order. Names are where they were put last.
   */
  afterPowerCut(mercy: Mercy): ReadonlyMap<string, Buffer>;
}

type Pending =
  | { readonly offset: number; readonly data: Buffer }
  /** The file was made so long. */
  | { readonly length: number };

interface File {
  readonly durable: Content;
  pending: Pending[];
}

/** @param random chooses what survives */
export function createDisk(random: Random): Disk {
  const names = new Map<string, File>();
  /** Numbers are used again for other files, once theirs was removed. */
  const files = new Map<number, File>();

  function fileOf(number: number): File {
    const file = files.get(number);
    if (!file) throw new Error(`file ${number} was not opened`);
    return file;
  }

  return {
    do(deed) {
      switch (deed.deed) {
        case "opened": {
          const file = names.get(deed.name) ?? { durable: createContent(), pending: [] };
          names.set(deed.name, file);
          files.set(deed.file, file);
          break;
        }
        case "written":
          fileOf(deed.file).pending.push({ offset: deed.offset, data: deed.data });
          break;
        case "truncated":
          fileOf(deed.file).pending.push({ length: deed.length });
          break;
        case "synced":
          settle(fileOf(deed.file));
          break;
        case "sync failed": {
          // As Linux does: what could not be written counts as written, and nobody will try again.
          const file = fileOf(deed.file);
          file.pending = file.pending.flatMap((change) => survivors(change, random));
          settle(file);
          break;
        }
        case "renamed":
          rename(names, deed);
          break;
        case "removed":
          names.delete(deed.name);
          break;
      }
    },

    afterPowerCut: (mercy) =>
      new Map([...names].map(([name, file]) => [name, remainsOf(file, mercy, random)])),
  };
}

function rename(
  names: Map<string, File>,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  const file = names.get(from);
  if (!file) throw new Error(`${from} is not there`);
  names.delete(from);
  names.set(to, file);
}

function settle(file: File): void {
  for (const change of file.pending) file.durable.apply(change);
  file.pending = [];
}

function remainsOf({ durable, pending }: File, mercy: Mercy, random: Random): Buffer {
  const remains = createContent(durable.octets());
  for (const change of mercy === "none" ? [] : pending) {
    for (const piece of mercy === "all" ? [change] : survivors(change, random)) remains.apply(piece);
  }
  return remains.octets();
}

/** Half of what is written does not come through, and a part of the other half not as a whole. */
function survivors(change: Pending, random: Random): readonly Pending[] {
  if (random(2) === 0) return [];
  if ("length" in change || random(2) === 0) return [change];
  const { offset, data } = change;
  const pieces: Pending[] = [];
  for (let at = 0; at < data.length; ) {
    const end = Math.min(data.length, at + sectorBytes - ((offset + at) % sectorBytes));
    if (random(2) === 0) pieces.push({ offset: offset + at, data: data.subarray(at, end) });
    at = end;
  }
  return pieces;
}

/** What is in a file. What it is made longer by is zeros. */
interface Content {
  apply(change: Pending): void;
  octets(): Buffer;
}

function createContent(initial: Buffer = Buffer.alloc(0)): Content {
  let octets: Buffer = Buffer.from(initial);
  let { length } = initial;

  function resize(to: number): void {
    // Twice the size, so that a file which grows is not copied for each piece.
    if (to > octets.length) octets = Buffer.concat([octets], Math.max(to, 2 * octets.length));
    if (to > length) octets.fill(0, length, to);
    length = to;
  }

  return {
    apply(change) {
      if ("length" in change) return resize(change.length);
      const end = change.offset + change.data.length;
      if (end > length) resize(end);
      change.data.copy(octets, change.offset);
    },
    octets: () => octets.subarray(0, length),
  };
}
