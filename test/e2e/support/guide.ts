import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bashOf, installCommands } from "../../support/guide.ts";
import type { LeaseSite } from "./lease-site.ts";

/** Runs a block in bash beside the service, as an operator who has its token. @throws Error when a command fails */
export async function runAsOperator(
  { folder, network, service }: Pick<LeaseSite, "folder" | "network" | "service">,
  block: string,
): Promise<string> {
  const tokenFile = join(folder, "operator-token");
  await writeFile(tokenFile, service.token, { mode: 0o600 });
  const env = [
    `PATH=${await installCommands(folder)}`,
    `HOME=${folder}`,
    "IRONLEDGER_SERVER=http://127.0.0.1:8090",
    `IRONLEDGER_TOKEN_FILE=${tokenFile}`,
  ];
  return network.run("env", ...env, ...bashOf(block));
}
