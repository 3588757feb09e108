import { join } from "node:path";
import type { Config } from "../../config.ts";

/** Where the service keeps what it signs, and the key that it signs with. */
export function checkpointPlaces({
  checkpoints: { directory, keyFile },
  dataDirectory,
}: Pick<Config, "checkpoints" | "dataDirectory">): { readonly directory: string; readonly keyFile: string } {
  return {
    directory: directory ?? join(dataDirectory, "checkpoints"),
    keyFile: keyFile ?? join(dataDirectory, "secrets", "checkpoint.key"),
  };
}
