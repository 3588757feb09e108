import { isEngine } from "../../config/store.ts";
import { openEngineLedger } from "./engine-ledger.ts";
import type { Ledger, LedgerOptions } from "./ledger.ts";
import { openSqliteLedger } from "./sqlite-ledger.ts";

/**
 * Opens the log where the configuration says that it is.
 *
 * @throws EventStoreError, StartError
 */
export async function openLedger(options: LedgerOptions): Promise<Ledger> {
  return isEngine(options.config.store) ? openEngineLedger(options) : openSqliteLedger(options);
}
