/** A Debian package as it was used: exactly these bytes. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  /** Of the `.deb` file, lower case hex. */
  readonly sha256: string;
}

/** What an earlier build did not have. */
type PackageChange =
  | { readonly change: "added"; readonly name: string; readonly to: string }
  | { readonly change: "moved"; readonly name: string; readonly from: string; readonly to: string }
  | { readonly change: "removed"; readonly name: string; readonly from: string };

/** In the order of their names, as lists of packages are kept. */
export function sortedByName(packages: readonly DebianPackage[]): readonly DebianPackage[] {
  return packages.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * How the packages of this build differ from the remembered ones. A package that kept its version but not its
 * bytes counts as moved too: the archive rebuilt it, and the agent's bytes will differ.
 */
export function packageChanges(
  remembered: readonly DebianPackage[],
  used: readonly DebianPackage[],
): readonly PackageChange[] {
  const before = new Map(remembered.map((entry) => [entry.name, entry]));
  const names = new Set(used.map(({ name }) => name));
  const changes = used.flatMap(({ name, version, sha256 }): readonly PackageChange[] => {
    const old = before.get(name);
    if (!old) return [{ change: "added", name, to: version }];
    if (old.version === version && old.sha256 === sha256) return [];
    return [{ change: "moved", name, from: old.version, to: version }];
  });
  const removed = remembered
    .filter(({ name }) => !names.has(name))
    .map(({ name, version }): PackageChange => ({ change: "removed", name, from: version }));
  return [...changes, ...removed];
}

/** One line for the person who runs the build. */
export function describeChange(change: PackageChange): string {
  switch (change.change) {
    case "added":
      return `${change.name} ${change.to} is new`;
    case "moved":
      return change.from === change.to
        ? `${change.name} ${change.to} was rebuilt: same version, other bytes`
        : `${change.name} has moved on from ${change.from} to ${change.to}`;
    case "removed":
      return `${change.name} ${change.from} is no longer used`;
  }
}
