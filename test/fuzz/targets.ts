import type { FuzzTarget } from "./target.ts";
import { dhcpTargets } from "./targets/dhcp.ts";
import { fileNames } from "./targets/files.ts";
import { httpTargets } from "./targets/http.ts";
import { httpListener } from "./targets/http-listener.ts";
import { tftpTargets } from "./targets/tftp.ts";

/** Everything that reads what strangers send. Some take a folder, the HTTP listener's a port of loopback. */
export async function openTargets(): Promise<readonly FuzzTarget[]> {
  return [...(await dhcpTargets()), ...tftpTargets(), ...httpTargets(), fileNames(), await httpListener()];
}
