import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { withUser } from "../../adapters/event-store/eventstoredb/connection-string.ts";
import { logFiles } from "../../adapters/event-store/sqlite/log-files.ts";
import type { Config } from "../../config.ts";
import { StartError } from "../start-error.ts";
import { sqliteDirectory } from "./sqlite-directory.ts";

type EngineConfig = Pick<Config, "store" | "storeCredentialsFile" | "dataDirectory">;

/**
 * The engine's connection string, with the user that the configuration keeps in a file.
 *
 * @throws StartError
 */
export async function engineAddress(config: EngineConfig): Promise<string> {
  refuseTwoLogs(config);
  const { store, storeCredentialsFile: file } = config;
  if (file === undefined) return store;
  const address = withUser(store, await textOf(file));
  if (address !== undefined) return address;
  throw new StartError(`storeCredentialsFile: the first line of ${file} is not user:password`);
}

/** With an engine that knows nothing of them, addresses would be given out a second time. */
function refuseTwoLogs(config: EngineConfig): void {
  const directory = sqliteDirectory(config);
  if (!existsSync(logFiles(directory).ledger)) return;
  throw new StartError(
    `store: names an engine, and ${directory} holds a log. Migrate it, then move the directory away`,
  );
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`storeCredentialsFile: cannot be read: ${why}`, { cause: error });
  }
}
