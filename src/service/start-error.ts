/** The service cannot start, and an operator can mend it. `message` names what is wrong and the remedy. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** By the code of the system's refusal: what is wrong with an address and port, and what to do. */
const refusals: Readonly<Record<string, string>> = {
  EADDRINUSE: "another process has it: stop that process, or name another port",
  EACCES: "ports below 1024 need CAP_NET_BIND_SERVICE: grant it, or name a higher port",
  EADDRNOTAVAIL: "no interface of this host has the address: name one that it has",
};

/** Where a port is wanted. */
export interface PortPlace {
  /** Of the configuration that names it. */
  readonly key: string;
  /** Address and port. */
  readonly at: string;
  /** What else to do when another process has it. */
  readonly ifTaken?: string;
}

/**
 * Opens a port.
 *
 * @throws StartError when the port cannot be had, or whatever else `open` throws
 */
export async function openPort<Opened>(
  { key, at, ifTaken }: PortPlace,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    const refusal = refusals[code];
    if (refusal === undefined) throw error;
    const more = code === "EADDRINUSE" && ifTaken !== undefined ? `; ${ifTaken}` : "";
    throw new StartError(`${key}: cannot listen on ${at} (${code}): ${refusal}${more}`, { cause: error });
  }
}
