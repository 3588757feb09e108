import { statSync } from "node:fs";

/**
 * Which file is at `path`: a copy of it, also one by `cp -a`, is another; the same file after a restart is
 * not.
 *
 * Inode and time of birth. The device's number would tell a copy on another disk too, but btrfs, overlay and
 * LVM give it out anew at each mount, and a restart of the host is not a restore; it stands in where the file
 * system does not know the time of birth.
 */
export function fileIdentity(path: string): string {
  const { ino, birthtimeNs, dev } = statSync(path, { bigint: true });
  return birthtimeNs > 0n ? `inode ${ino} born ${birthtimeNs}` : `inode ${ino} on device ${dev}`;
}
