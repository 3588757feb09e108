import { execFileSync } from "node:child_process";
import { closeSync, constants as fileConstants, mkdirSync, openSync, writeSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";

/** What the disk and the clock of a program do; what is left out works as it should. */
export interface Misbehaviour {
  /** Every write, every sync, every read of its files fails so. */
  readonly onWrite?: "EIO" | "ENOSPC";
  readonly onSync?: "EIO";
  readonly onRead?: "EIO";
  /** A sync does nothing, and says that it did. */
  readonly syncLies?: boolean;
  /** How far the wall clock is off, milliseconds. */
  readonly clockMs?: number;
}

/** A library between a program and the kernel, which fails in its place. */
export interface Shim {
  /** What the program is started under. */
  readonly under: readonly string[];
  /** Where it tells what it did to its files, when that was asked for. */
  readonly traceFile: string;
  /** From now on, also of a program that runs. */
  behave(misbehaviour: Misbehaviour): void;
}

export interface ShimOptions {
  /** For the library and its files. */
  readonly directory: string;
  /** The files below it are the ones that fail. Made where it is missing. */
  readonly meant: string;
  /** Whether all that is done to the files is told, and nothing waits for the disk. (Default: false) */
  readonly traced?: boolean;
}

/** Compiles the library. @throws Error when there is no C compiler */
export function createShim({ directory, meant, traced = false }: ShimOptions): Shim {
  const library = join(directory, "shim.so");
  const controlFile = join(directory, "shim.control");
  const traceFile = join(directory, "shim.trace");
  const flags = ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC"];
  execFileSync("cc", [...flags, "-o", library, join(import.meta.dirname, "shim.c"), "-ldl", "-lpthread"]);
  mkdirSync(meant, { recursive: true });
  behave({});

  function behave({ onWrite, onSync, onRead, syncLies = false, clockMs = 0 }: Misbehaviour): void {
    const control = Buffer.alloc(24);
    control.writeInt32LE(errnoOf(onWrite), 0);
    control.writeInt32LE(errnoOf(onSync), 4);
    control.writeInt32LE(Number(syncLies), 8);
    control.writeInt32LE(errnoOf(onRead), 12);
    control.writeBigInt64LE(BigInt(clockMs) * 1_000_000n, 16);
    // In place: the programs share the pages of this very file.
    const file = openSync(controlFile, fileConstants.O_RDWR | fileConstants.O_CREAT);
    writeSync(file, control, 0, control.length, 0);
    closeSync(file);
  }

  const environment = [
    `LD_PRELOAD=${library}`,
    `FAULTS_DIRECTORY=${meant}`,
    `FAULTS_CONTROL=${controlFile}`,
    ...(traced ? [`FAULTS_TRACE=${traceFile}`] : []),
  ];
  return { under: ["env", ...environment], traceFile, behave };
}

function errnoOf(name: "EIO" | "ENOSPC" | undefined): number {
  return name === undefined ? 0 : constants.errno[name];
}
