import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
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
  const [name = "", password = ""] = splitOnce(await firstLine(file), ":");
  if (name === "" || password === "") {
    throw new StartError(`storeCredentialsFile: the first line of ${file} is not user:password`);
  }
  return store.replace("://", `://${encodeURIComponent(name)}:${encodeURIComponent(password)}@`);
}

/** With an engine that knows nothing of them, addresses would be given out a second time. */
function refuseTwoLogs(config: EngineConfig): void {
  const directory = sqliteDirectory(config);
  if (!existsSync(logFiles(directory).ledger)) return;
  throw new StartError(
    `store: names an engine, and ${directory} holds a log. Migrate it, then move the directory away`,
  );
}

async function firstLine(file: string): Promise<string> {
  try {
    const [line = ""] = (await readFile(file, "utf8")).split("\n");
    return line.trim();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new StartError(`storeCredentialsFile: cannot be read: ${why}`, { cause: error });
  }
}

function splitOnce(text: string, separator: string): readonly string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
