import "../require-node.mjs";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { restoreLog } from "./restore.ts";

const usage = `usage: ironledger-maintenance restore --from LEDGER.DB --data DIRECTORY

  restore   makes the log of a new data directory from a copy of another's ledger.db;
            the service that starts on it is fenced until an operator starts an effects epoch`;

/** Offline commands on the directory of a stopped service. Exit codes: 0 done, 1 failed, 2 not understood. */
async function main(): Promise<number> {
  const request = requestOf(process.argv.slice(2));
  if (!request) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const restored = await restoreLog({
    // The log keeps the path, and a relative one would mean nothing a month later.
    source: resolve(request.from),
    directory: join(request.data, "log"),
    randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
  });
  process.stdout.write(`${restored.message}. The service will start fenced on ${request.data}.\n`);
  return 0;
}

function requestOf(words: readonly string[]): { readonly from: string; readonly data: string } | undefined {
  try {
    const options = { from: { type: "string" }, data: { type: "string" } } as const;
    const { positionals, values } = parseArgs({ args: [...words], options, allowPositionals: true });
    const { from, data } = values;
    if (positionals.join() !== "restore" || from === undefined || data === undefined) return undefined;
    return { from, data };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(
      `ironledger-maintenance: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    process.exitCode = 1;
  },
);
