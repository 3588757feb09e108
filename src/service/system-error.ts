/** What an operator can do about what the kernel refuses at start. `openPort` tells of the ports that it opens. */
const remedies: Readonly<Record<string, string>> = {
  EACCES: "a port below 1024 needs CAP_NET_BIND_SERVICE, a directory needs to be this user's",
  ENOENT: "make it, or name another in the configuration",
  ENOSPC: "the disk is full: make room",
};

/** The sentence to print for an error of the kernel; `undefined` for any other error. */
export function describeSystemError(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error)) return undefined;
  const remedy = "code" in error ? remedies[String(error.code)] : undefined;
  return remedy === undefined ? error.message : `${error.message}: ${remedy}`;
}
