import { readFileSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { wantedModules } from "./contents.ts";
import { AgentBuildError } from "./error.ts";
import { moduleInfo, moduleName } from "./module-info.ts";
import { moduleOrder } from "./module-order.ts";

/** A kernel and the modules that the agent loads at boot, in loading order. */
export interface Kernel {
  readonly image: Buffer;
  readonly modules: readonly { readonly name: string; readonly content: Buffer }[];
}

/** Takes the kernel image and the wanted modules from an unpacked kernel package. */
export async function readKernel(root: string): Promise<Kernel> {
  const image = await onlyEntry(join(root, "boot"), /^vmlinuz-/);
  const tree = await onlyEntry(join(root, "lib/modules"), /./);
  const files = await moduleFiles(join(tree, "kernel"));
  const builtIn = new Set(
    (await readFile(join(tree, "modules.builtin"), "utf8")).split("\n").filter(Boolean).map(nameOfFile),
  );

  const contents = new Map<string, Buffer>();
  const contentOf = (name: string): Buffer | undefined => {
    const file = files.get(name);
    if (file && !contents.has(name)) contents.set(name, readFileSync(file));
    return contents.get(name);
  };
  const order = moduleOrder(wantedModules, {
    dependsOf: (name) => {
      const content = contentOf(name);
      return content && moduleInfo(content).depends;
    },
    isBuiltIn: (name) => builtIn.has(name),
  });
  const modules = order.map((name) => ({ name, content: contentOf(name) ?? Buffer.alloc(0) }));
  return { image: await readFile(image), modules };
}

async function moduleFiles(tree: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(tree, { recursive: true });
  const files = entries.filter((entry) => entry.endsWith(".ko"));
  return new Map(files.map((file) => [nameOfFile(file), join(tree, file)]));
}

function nameOfFile(file: string): string {
  return moduleName(basename(file, ".ko"));
}

async function onlyEntry(folder: string, wanted: RegExp): Promise<string> {
  const found = (await readdir(folder)).filter((entry) => wanted.test(entry));
  const [entry] = found;
  if (entry && found.length === 1) return join(folder, entry);
  throw new AgentBuildError(`expected one kernel in the kernel's package, found ${found.length}`);
}
