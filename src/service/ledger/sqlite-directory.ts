import { join } from "node:path";
import type { Config } from "../../config.ts";

/** Where the log's files are. Nothing else is kept there. */
export function sqliteDirectory({ dataDirectory }: Pick<Config, "dataDirectory">): string {
  return join(dataDirectory, "log");
}
