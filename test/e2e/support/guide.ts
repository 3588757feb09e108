import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { LeaseSite } from "./lease-site.ts";

const root = join(import.meta.dirname, "../../..");

/** A page under `docs/guides`, and its blocks of commands by what stands behind the fence: `sh`, `sh on the router`. */
export async function readGuide(name: string) {
  const page = await readFile(join(root, `docs/guides/${name}.md`), "utf8");
  const found = [...page.matchAll(/```(sh[a-z ]*)\n([\s\S]*?)```/g)];
  return {
    blocks: (kind: string): readonly string[] =>
      found.filter(([, info]) => info === kind).map(([, , text = ""]) => text),
  };
}

/** Runs a block in bash beside the service, as an operator who has its token. @throws Error when a command fails */
export async function runAsOperator(
  { folder, network, service }: Pick<LeaseSite, "folder" | "network" | "service">,
  block: string,
): Promise<string> {
  const bin = join(folder, "bin");
  const [program, tokenFile] = [join(bin, "ironledger"), join(folder, "operator-token")];
  await mkdir(bin, { recursive: true });
  await writeFile(program, `#!/bin/sh\nexec ${process.execPath} ${join(root, "src/cli/main.ts")} "$@"\n`);
  await chmod(program, 0o755);
  await writeFile(tokenFile, service.token, { mode: 0o600 });
  const env = [
    `PATH=${[bin, process.env["PATH"]].join(delimiter)}`,
    `HOME=${folder}`,
    "IRONLEDGER_SERVER=http://127.0.0.1:8090",
    `IRONLEDGER_TOKEN_FILE=${tokenFile}`,
  ];
  return network.run("env", ...env, "bash", "-euo", "pipefail", "-c", block);
}
