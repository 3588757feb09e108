import { existsSync } from "node:fs";
import { join } from "node:path";
import { run } from "./command.ts";
import { AgentBuildError } from "./error.ts";

/** Where programs find their dynamic loader (System V ABI, AMD64 supplement, s. 5.2.1). */
export const dynamicLoader = { path: "lib64/ld-linux-x86-64.so.2", name: "ld-linux-x86-64.so.2" };

/** A shared library, by the name that programs ask for. */
export interface SharedLibrary {
  readonly name: string;
  readonly file: string;
}

/** Runs programs with libraries of unpacked packages, never with those of the building machine. */
interface LibrarySet {
  /** The program's libraries and the dynamic loader. @throws AgentBuildError when one is in none of the packages */
  readonly librariesOf: (program: string) => Promise<readonly SharedLibrary[]>;
  /** Runs the program to its end. @throws AgentBuildError when it fails */
  readonly run: (program: string, args: readonly string[]) => Promise<string>;
}

/** `packages`: the folders of unpacked packages. @throws AgentBuildError when libc6 is not among them */
export function librarySet(packages: readonly string[]): LibrarySet {
  // Debian moved libraries from /lib to /usr/lib; which of the two a package uses depends on the release.
  const folders = packages.flatMap((root) =>
    ["lib", "usr/lib"].map((part) => join(root, part, "x86_64-linux-gnu")),
  );
  const loader = folders.map((folder) => join(folder, dynamicLoader.name)).find((file) => existsSync(file));
  if (!loader) throw new AgentBuildError(`none of the packages holds ${dynamicLoader.name}`);
  const options = ["--inhibit-cache", "--library-path", folders.join(":")];

  return {
    async librariesOf(program) {
      const libraries = parseLibraryList(await run(loader, [...options, "--list", program]));
      const foreign = libraries.find(({ file }) => !packages.some((root) => file.startsWith(`${root}/`)));
      if (foreign) {
        throw new AgentBuildError(
          `${program} needs ${foreign.name}: name its package in agent/build/contents.ts`,
        );
      }
      return [...libraries, { name: dynamicLoader.name, file: loader }];
    },

    run: (program, args) => run(loader, [...options, program, ...args]),
  };
}

/**
 * Reads the dynamic loader's `--list`: lines `name => path (address)`. Lines without an arrow name what is no file of
 * a package: the kernel's own library, and the loader by its absolute path.
 *
 * @throws AgentBuildError when a line says anything else: a library that is left out is found out only at boot
 */
export function parseLibraryList(text: string): readonly SharedLibrary[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  return lines.flatMap((line) => {
    const match = /^\s*(?:(\S+) => )?(.+) \(0x[0-9a-f]+\)$/.exec(line);
    if (!match) throw new AgentBuildError(`the dynamic loader said "${line.trim()}"`);
    const [, name, file = ""] = match;
    return name === undefined || name.endsWith(dynamicLoader.name) ? [] : [{ name, file }];
  });
}
