import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { loaderFiles } from "../../../src/boot/tftp/loader-files.ts";
import { scratchFolder } from "../../boot/scratch-folder.ts";
import type { Random } from "../mutate.ts";
import { type FuzzTarget, must } from "../target.ts";

/** Pieces of names, in all the spellings in which one has left a folder somewhere. */
const pieces = [
  ...["snponly.efi", "deep", "inner.efi", "link.efi", "up", "..", ".", "", "/", "//", "\\", "..\\", "%2e%2e"],
  ...["outside.txt", "etc/passwd", "\0", "C:", "~", "....", " ", "\xc0\xaf", "a".repeat(256)],
];

/**
 * Names of files, as TFTP asks for them, in a folder whose links lead out of it. Every name is offered, so that only
 * the folder itself holds files back.
 */
export function fileNames(): FuzzTarget {
  const scratch = scratchFolder();
  scratch.write("outside.txt", "outside");
  scratch.write("served/snponly.efi", "inside");
  scratch.write("served/deep/inner.efi", "inside");
  const folder = join(scratch.path, "served");
  mkdirSync(join(folder, "empty"));
  symlinkSync("../outside.txt", join(folder, "link.efi"));
  symlinkSync("..", join(folder, "up"));
  symlinkSync("deep/inner.efi", join(folder, "fine.efi"));
  const files = loaderFiles(folder, { has: () => true });

  return {
    name: "file-names",
    seeds: [
      "snponly.efi",
      "deep/inner.efi",
      "fine.efi",
      "link.efi",
      "up/outside.txt",
      "../outside.txt",
      "empty",
    ].map((name) => Buffer.from(name)),
    make: (random) => Buffer.from(nameOf(random), "latin1"),
    async run(input) {
      const found = await files.find(Buffer.from(input).toString("latin1"));
      if (!found) return false;
      must(Buffer.from(found.bytes).toString() === "inside", `${found.name} lies outside of the folder`);
      return true;
    },
    close: async () => scratch.remove(),
  };
}

function nameOf(random: Random): string {
  const count = 1 + random(4);
  return Array.from({ length: count }, () => pieces[random(pieces.length)]).join(random(4) === 0 ? "" : "/");
}
