import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Binding } from "../domain/address/binding.ts";
import type { Ipv4 } from "../domain/values/ipv4.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import type { BootMachine } from "./boot-machine.ts";
import { checkpointLoader, type LastEvent } from "./checkpoint.ts";
import { currentFile } from "./generations.ts";
import { bootMemory } from "./views/boot-memory.ts";

/** Rows in one piece of JSON: some 300 kB. */
const rowsPerPiece = 1_000;

/** What the view `boot-memory` holds at one position. */
export interface KeptBootMemory {
  /** The last event that it contains. */
  readonly last: LastEvent;
  /** JSON of `BootRowsPiece`, UTF-8, in the order in which memory is to take them. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
}

/** Some of the rows. */
export type BootRowsPiece =
  | { readonly machines: readonly BootMachine[] }
  | { readonly claims: readonly (readonly [stream: string, machineId: MachineId, sinceMs: number])[] }
  /** Those that changed the longest ago come first. */
  | { readonly addresses: readonly (readonly [address: Ipv4, revision: number, binding: Binding])[] };

/** Each row as JSON, put together by SQLite of columns that hold JSON already. */
const selects = {
  machines: "SELECT machine FROM machine ORDER BY rowid",
  claims: "SELECT json_array(stream, machineId, sinceMs) FROM claim",
  addresses: "SELECT json_array(address, revision, json(binding)) FROM address ORDER BY ordinal",
} as const satisfies Readonly<Record<string, string>>;

/**
 * Reads all that the view holds from its file in `directory`, beside whoever writes it. `undefined`: there is no
 * file, it is of another version, or it holds nothing yet.
 *
 * @throws Error of node:sqlite when the file is damaged
 */
export function readBootMemory(directory: string): KeptBootMemory | undefined {
  const path = currentFile(directory, bootMemory.name);
  if (path === undefined || !existsSync(path)) return undefined;
  const database = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    // One transaction, so that the rows are those of the checkpoint.
    database.exec("BEGIN");
    const { version, last } = checkpointLoader(database)();
    if (version !== bootMemory.version || !last) return undefined;
    const names = ["machines", "claims", "addresses"] as const;
    return { last, pieces: names.flatMap((name) => piecesOf(database, name)) };
  } finally {
    database.close();
  }
}

function piecesOf(database: DatabaseSync, name: keyof typeof selects): Uint8Array<ArrayBuffer>[] {
  const statement = database.prepare(selects[name]);
  statement.setReturnArrays(true);
  const encoder = new TextEncoder();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let rows: unknown[] = [];

  function endPiece(): void {
    if (rows.length > 0) pieces.push(encoder.encode(`{"${name}":[${rows.join(",")}]}`));
    rows = [];
  }
  // node:sqlite types rows as objects, and returns arrays when it was told to.
  for (const [json] of statement.iterate() as Iterable<unknown> as Iterable<readonly unknown[]>) {
    if (rows.push(json) === rowsPerPiece) endPiece();
  }
  endPiece();
  return pieces;
}
