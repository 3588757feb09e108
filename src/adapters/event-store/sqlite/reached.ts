import { closeSync, constants, openSync, readFileSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Witness } from "./witness.ts";

/** What a disk writes as one piece, octets. */
const sectorBytes = 512;

/**
 * How far the log had come at its last answer, in a file that is written over after each commit and never waited for: it
 * costs a few microseconds, survives the end of the process, however that comes, and after a power cut is at worst older
 * than the log, or nothing. The witness, which is a second old, survives both.
 */
export interface Reached {
  set(witness: Witness): void;
  close(): void;
}

/** @param onFailure told once: what cannot be written is old, which costs detection and never events */
export function keepReached(path: string, onFailure: (error: unknown) => void): Reached {
  let file: number | undefined = open(path, onFailure);

  function close(): void {
    if (file !== undefined) closeSync(file);
    file = undefined;
  }

  return {
    set({ logId, incarnation, position, hash }) {
      if (file === undefined) return;
      const text = `${logId} ${incarnation} ${position} ${hash}`;
      const line = `${text} ${crc32(text)}`.padEnd(sectorBytes - 1);
      try {
        writeSync(file, `${line}\n`, 0);
      } catch (error) {
        close();
        onFailure(error);
      }
    },
    close,
  };
}

/** `undefined`: there is none, or nothing that can be read, as a power cut may leave it. */
export function readReached(path: string): Witness | undefined {
  let line: string;
  try {
    line = readFileSync(path, "latin1").trimEnd();
  } catch {
    return undefined;
  }
  const [logId = "", incarnation = "", position = "", hash = "", checksum = ""] = line.split(" ");
  const text = [logId, incarnation, position, hash].join(" ");
  return checksum === String(crc32(text))
    ? { logId, incarnation, position: Number(position), hash }
    : undefined;
}

function open(path: string, onFailure: (error: unknown) => void): number | undefined {
  try {
    // Not emptied: until the first commit, what is there is still true.
    return openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
  } catch (error) {
    onFailure(error);
    return undefined;
  }
}
