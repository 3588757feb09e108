import { existsSync } from "node:fs";
import { join } from "node:path";

/** Where the peer is installed: it is no dependency of Ironledger. */
export const peerDirectory = join(import.meta.dirname, "peer");

/** What is to be done before the peer can be measured; `undefined`: nothing. */
export function missingPeer(): string | undefined {
  if (existsSync(join(peerDirectory, "node_modules/@event-driven-io/emmett-sqlite"))) return undefined;
  return "emmett-sqlite is not installed: run `npm ci --prefix bench/log/peer` (it compiles sqlite3: python3 make g++)";
}
