import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { stringify } from "yaml";
import { UsageError } from "./options.ts";
import { freeTcpPort, freeUdpPorts } from "./ports.ts";

/** The service's own address, and the relay's on the machines' network. */
export const addresses = { service: "127.0.0.1", relay: "127.77.0.2" } as const;

/** Everything that a rehearsal leaves on disk. */
export interface Workspace {
  readonly directory: string;
  readonly configFile: string;
  readonly imagesDirectory: string;
  readonly disksDirectory: string;
  readonly logFile: string;
  /** For stand-ins of what is not built. */
  readonly madeAssetsDirectory: string;
  /** Whether it is removed at the end. */
  readonly temporary: boolean;
  remove(): Promise<void>;
}

/**
 * Makes the folders. `dataDirectory`: where the user wants them, `undefined` for a temporary directory.
 *
 * @throws UsageError when there is something in the directory already
 */
export async function createWorkspace(dataDirectory: string | undefined): Promise<Workspace> {
  const temporary = dataDirectory === undefined;
  const directory = temporary
    ? await mkdtemp(join(tmpdir(), "ironledger-rehearsal-"))
    : resolve(dataDirectory);
  if (!temporary) await mustBeEmpty(directory);
  const workspace = {
    directory,
    configFile: join(directory, "ironledger.yaml"),
    imagesDirectory: join(directory, "images"),
    disksDirectory: join(directory, "disks"),
    logFile: join(directory, "service.log"),
    madeAssetsDirectory: join(directory, "assets"),
    temporary,
  };
  await mkdir(workspace.imagesDirectory, { recursive: true });
  await mkdir(workspace.disksDirectory);
  return { ...workspace, remove: () => rm(directory, { recursive: true, force: true }) };
}

async function mustBeEmpty(directory: string): Promise<void> {
  const entries = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw new UsageError(`--data ${directory}: ${error.message}`, { cause: error });
  });
  if (entries.length > 0) {
    throw new UsageError(`--data ${directory}: is not empty; a rehearsal begins with nothing, name another`);
  }
}

/** The ports of the wire that the simulated machines must know. */
export interface WirePorts {
  readonly dhcp: number;
  readonly tftp: number;
}

/** Writes the service's configuration: loopback, and ports that anybody may open. */
export async function writeConfig(
  { configFile, imagesDirectory }: Workspace,
  assetsDirectory: string,
): Promise<WirePorts> {
  const [dhcp = 0, dhcpClient = 0, tftp = 0] = await freeUdpPorts(3);
  const httpPort = await freeTcpPort(addresses.service);
  const config = {
    dataDirectory: "data",
    assetsDirectory,
    imagesDirectory,
    wire: {
      address: addresses.service,
      dhcpPort: dhcp,
      dhcpClientPort: dhcpClient,
      tftpPort: tftp,
      httpPort,
    },
    api: { address: addresses.service, port: 0 },
  };
  await writeFile(configFile, stringify(config));
  return { dhcp, tftp };
}
