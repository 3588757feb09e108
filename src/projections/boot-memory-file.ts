import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Binding } from "../domain/address/binding.ts";
import type { Ipv4 } from "../domain/values/ipv4.ts";
import type { MachineId } from "../domain/values/machine-id.ts";
import type { KeptClaim } from "./boot-fold.ts";
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
  | { readonly holders: readonly (readonly [machineId: MachineId, claims: readonly KeptClaim[]])[] }
  /** Those that changed the longest ago come first. */
  | { readonly addresses: readonly (readonly [address: Ipv4, revision: number, binding: Binding])[] };

/**
 * What becomes of each table's rows, and the column in whose order they are read. SQLite puts the JSON together: half
 * a million rows, each of them a value of JavaScript, would take longer than all the rest.
 */
const sources = [
  { name: "machines", row: "machine", table: "machine", order: "rowid" },
  { name: "holders", row: "json_array(machineId, json(claims))", table: "holder", order: "rowid" },
  {
    name: "addresses",
    row: "json_array(address, revision, json(binding))",
    table: "address",
    order: "ordinal",
  },
] as const;

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
    return { last, pieces: sources.flatMap((source) => [...piecesOf(database, source)]) };
  } finally {
    database.close();
  }
}

function* piecesOf(
  database: DatabaseSync,
  { name, row, table, order }: (typeof sources)[number],
): Generator<Uint8Array<ArrayBuffer>> {
  const select = database.prepare(
    `SELECT max(place) AS last, CAST('{"${name}":[' || group_concat(json, ',' ORDER BY place) || ']}' AS BLOB) AS piece
      FROM (SELECT ${order} AS place, ${row} AS json FROM ${table}
        WHERE ${order} > ? ORDER BY ${order} LIMIT ${rowsPerPiece})`,
  );
  // Row ids count from 1, and events from 0.
  for (let last: unknown = -1; ; ) {
    const found = select.get(last as number);
    if (!(found?.["piece"] instanceof Uint8Array)) return;
    yield found["piece"];
    last = found["last"];
  }
}
