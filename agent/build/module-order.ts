/** The modules of one kernel package, by canonical name. */
interface KernelModules {
  /** What the module needs loaded before it, or `undefined` when the package has no such module. */
  readonly dependsOf: (name: string) => readonly string[] | undefined;
  /** True when it is part of the kernel itself, so that there is nothing to load. */
  readonly isBuiltIn: (name: string) => boolean;
}

/**
 * The modules to load, each after everything that it depends on: those wanted, in the order given, and theirs.
 *
 * @throws Error when a module is neither in the package nor built in
 */
export function moduleOrder(wanted: readonly string[], modules: KernelModules): readonly string[] {
  const order = new Set<string>();

  const add = (name: string, askedBy: string): void => {
    if (order.has(name) || modules.isBuiltIn(name)) return;
    const depends = modules.dependsOf(name);
    if (!depends) throw new Error(`the kernel has no module ${name}, which ${askedBy} needs`);
    // Dependencies of kernel modules form no circle: `depmod` refuses such a kernel when it is packaged.
    for (const dependency of depends) add(dependency, name);
    order.add(name);
  };

  for (const name of wanted) add(name, "the agent");
  return [...order];
}
