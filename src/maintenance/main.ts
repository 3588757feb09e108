import "../require-node.mjs";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { z } from "zod";
import { restoreLog } from "./restore.ts";
import { createToken } from "./token-create.ts";

const usage = `usage: ironledger-maintenance restore --from LEDGER.DB --data DIRECTORY
       ironledger-maintenance token create --data DIRECTORY [--principal NAME] [--role ROLE]
                                           [--expires 30d] [--file FILE]

  restore       makes the log of a new data directory from a copy of another's ledger.db;
                the service that starts on it is fenced until an operator starts an effects epoch
  token create  makes an API token on the data directory of a stopped service and writes it to a file;
                without more, for the principal operator, with the role admin, for 366 days

Run it as the user that the service runs as. Exit codes: 0 done, 1 failed, 2 not understood.`;

const words = { type: "string" } as const;
const options = { from: words, data: words, principal: words, role: words, expires: words, file: words };

const Restore = z.strictObject({ from: z.string(), data: z.string() });
const TokenCreate = z.strictObject({
  data: z.string(),
  principal: z.string().optional(),
  role: z.string().optional(),
  expires: z.string().optional(),
  file: z.string().optional(),
});

/** The commands by their words: each takes the options and resolves to what it tells. */
const commands: Readonly<Record<string, (values: object) => Promise<string>>> = {
  async restore(values) {
    const { from, data } = Restore.parse(values);
    const { message } = await restoreLog({
      // The log keeps the path, and a relative one would mean nothing a month later.
      source: resolve(from),
      directory: join(data, "log"),
      randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
    });
    return `${message}. The service will start fenced on ${data}.`;
  },
  async "token create"(values) {
    return `the token is in ${await createToken(TokenCreate.parse(values))}`;
  },
};

/** Offline commands on the directory of a stopped service. */
async function main(): Promise<number> {
  const request = requestOf(process.argv.slice(2));
  if (!request) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  process.stdout.write(`${await request()}\n`);
  return 0;
}

function requestOf(args: readonly string[]): (() => Promise<string>) | undefined {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const command = commands[positionals.join(" ")];
    return command && (() => command({ ...values }));
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    return undefined;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof z.ZodError) {
      process.stderr.write(`${z.prettifyError(error)}\n${usage}\n`);
      process.exitCode = 2;
      return;
    }
    process.stderr.write(`ironledger-maintenance: ${messageOf(error)}\n`);
    process.exitCode = 1;
  },
);
