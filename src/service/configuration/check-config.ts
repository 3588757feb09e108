import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { networkInterfaces } from "node:os";
import { dirname } from "node:path";
import { readTlsIdentity } from "../../adapters/tls/identity.ts";
import type { Config } from "../../config.ts";
import { portChecks } from "../check-ports.ts";
import { wirePlaces } from "../wires/wire-places.ts";
import { wireSettings } from "../wires/wire-settings.ts";
import { loaderProblems } from "./check-loaders.ts";
import { type ConfigKey, configKeys } from "./keys.ts";
import type { ConfigProblem } from "./problem.ts";
import type { ReadConfig } from "./read-config.ts";

/** Directories that the service makes when they are missing. */
const made: ReadonlySet<string> = new Set([
  "dataDirectory",
  "imagesDirectory",
  "backupsDirectory",
  "checkpoints.directory",
  "checkpoints.keyFile",
]);

/** Holds what the configuration names against this host: directories, files and ports. Changes nothing. */
export async function checkConfig({ config, given }: ReadConfig): Promise<readonly ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  for (const key of configKeys) {
    const value = valueAt(config, key);
    const problem = typeof value === "string" ? await pathProblem(key, value) : undefined;
    const origin = given.get(key)?.origin;
    if (problem) problems.push({ key: key.name, ...(origin !== undefined && { origin }), ...problem });
  }
  problems.push(...(await loaderProblems(config)));
  problems.push(...(await certificateProblems(config)));
  problems.push(...wireProblems(config));
  for (const { key, check } of portChecks(config, { find: () => undefined })) {
    try {
      await check();
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      problems.push({ key, message: message.replace(`${key}: `, "") });
    }
  }
  return problems;
}

/** Wires that would be down, and what only the start can find out. */
function wireProblems(config: Config): readonly ConfigProblem[] {
  const wires = wireSettings(config);
  const places = wirePlaces(wires, networkInterfaces);
  return wires.flatMap((wire) => {
    if (places.of(wire)) return [];
    const address = wire.address === undefined ? "no address" : `not the address ${wire.address}`;
    const message = `the interface ${wire.name} is not there, is not up, or has ${address}`;
    return [
      { key: wire.key, message, remedy: "Bring it up: until then the service starts, and the wire is down" },
    ];
  });
}

/** What would be used for a key; `undefined`: nothing. */
export function valueAt(config: Config, { path }: ConfigKey): unknown {
  let value: unknown = config;
  for (const part of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[part];
  return value;
}

/** Whether the listener could show the certificate. That a file is missing is told of the file alone. */
async function certificateProblems({ api: { tls } }: Config): Promise<readonly ConfigProblem[]> {
  if (!tls || (await fileProblem(tls.certificateFile)) || (await fileProblem(tls.keyFile))) return [];
  try {
    const { warning } = await readTlsIdentity(tls, new Date());
    if (warning === undefined) return [];
    return [{ key: "api.tls", message: `not valid now: ${warning}`, remedy: "Renew the certificate" }];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [
      { key: "api.tls", message, remedy: "Name a certificate and the key that belongs to it, both PEM" },
    ];
  }
}

type PathProblem = Pick<ConfigProblem, "message" | "remedy">;

function pathProblem(key: ConfigKey, path: string): Promise<PathProblem | undefined> | undefined {
  if (key.type === "file") return fileProblem(path);
  if (key.type === "directory") return directoryProblem(path, made.has(key.name));
  return undefined;
}

async function fileProblem(path: string): Promise<PathProblem | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return { message: `${path} is no file`, remedy: "Make it, or name another" };
  if (await may(path, constants.R_OK)) return undefined;
  return { message: `${path} cannot be read`, remedy: "Give this user the right to read it" };
}

async function directoryProblem(path: string, isMade: boolean): Promise<PathProblem | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isDirectory()) return { message: `${path} is no directory`, remedy: "Name another" };
  if (!found && !isMade) return { message: `${path} does not exist`, remedy: "Make it, or name another" };
  if (!found) return makingProblem(path);
  const needed = isMade ? constants.R_OK | constants.W_OK : constants.R_OK;
  if (await may(path, needed | constants.X_OK)) return undefined;
  const act = isMade ? "written" : "read";
  return { message: `${path} cannot be ${act}`, remedy: "Make it this user's, or name another" };
}

/** Whether the nearest directory above that exists lets one be made. */
async function makingProblem(path: string): Promise<PathProblem | undefined> {
  const above = dirname(path);
  const found = await stat(above).catch(() => undefined);
  if (!found && above !== path) return makingProblem(above);
  if (found?.isDirectory() && (await may(above, constants.W_OK | constants.X_OK))) return undefined;
  return { message: `cannot be made in ${above}`, remedy: "Make it for this user, or name another" };
}

async function may(path: string, mode: number): Promise<boolean> {
  return access(path, mode).then(
    () => true,
    () => false,
  );
}
