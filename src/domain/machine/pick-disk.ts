import { type Refusal, reject } from "../decision.ts";
import type { DiskTarget } from "./deployment.ts";
import type { Disk } from "./inventory.ts";

type DiskPick =
  | { readonly outcome: "picked"; readonly target: DiskTarget }
  | Refusal<"DISK_MISSING" | "DISK_UNKNOWN" | "DISK_AMBIGUOUS">;

/**
 * Decides which disk a run may write. A guess could erase somebody's data, so anything unclear is refused.
 *
 * `wanted` is a serial number or a kernel name; `undefined` picks the only disk there is.
 */
export function pickDisk(disks: readonly Disk[], wanted: string | undefined): DiskPick {
  // A card reader without a card is a disk of no bytes.
  const usable = disks.filter(({ bytes }) => bytes > 0);
  if (usable.length === 0) {
    return reject(
      "DISK_MISSING",
      "the inventory has no disk that could be written: let the machine boot the discovery agent again",
    );
  }

  const candidates = wanted === undefined ? usable : called(usable, wanted);
  const [disk, second] = candidates;
  if (!disk) {
    return reject("DISK_UNKNOWN", `the machine has no disk ${wanted}: it has ${listed(usable)}`);
  }
  if (second) {
    return reject("DISK_AMBIGUOUS", `which disk is meant? Name one of ${listed(candidates)}`);
  }
  const twins = usable.filter(({ serial }) => serial !== null && serial === disk.serial);
  if (twins.length > 1) {
    return reject(
      "DISK_AMBIGUOUS",
      `${listed(twins)} share a serial number, so the agent could not tell them apart: leave one connected`,
    );
  }
  const { name, serial, bytes } = disk;
  return { outcome: "picked", target: { name, serial, bytes } };
}

/** A serial number comes first: it stays with the disk, a kernel name does not. */
function called(disks: readonly Disk[], wanted: string): readonly Disk[] {
  const bySerial = disks.filter(({ serial }) => serial === wanted);
  return bySerial.length > 0 ? bySerial : disks.filter(({ name }) => name === wanted);
}

function listed(disks: readonly Disk[]): string {
  return disks.map(({ name, serial }) => (serial === null ? name : `${name} (serial ${serial})`)).join(", ");
}
