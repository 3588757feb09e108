import "../require-node.mjs";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { z } from "zod";
import { exitCodeOf, reportText } from "../proof/report.ts";
import { exportLog } from "./export.ts";
import { restoreLog } from "./restore.ts";
import { createToken } from "./token-create.ts";
import { verifyLog } from "./verify.ts";

const usage = `usage: ironledger-maintenance restore --from LEDGER.DB --data DIRECTORY
       ironledger-maintenance token create --data DIRECTORY [--principal NAME] [--role ROLE]
                                           [--expires 30d] [--file FILE]
       ironledger-maintenance verify --data DIRECTORY [--key FILE --checkpoint FILE ...] [--json]
       ironledger-maintenance export --data DIRECTORY --out FILE [--after POSITION]

  restore       makes the log of a new data directory from a copy of another's ledger.db;
                the service that starts on it is fenced until an operator starts an effects epoch
  token create  makes an API token on the data directory of a stopped service and writes it to a file;
                without more, for the principal operator, with the role admin, for 366 days
  verify        checks every event of the log, and that it is what was signed; changes nothing, and may run
                beside the service; ends with 1 when something is wrong
  export        writes the log's events to a new file, a line each, for whoever is to verify it elsewhere;
                may run beside the service

Run it as the user that the service runs as. Exit codes: 0 done, 1 failed, 2 not understood.`;

const words = { type: "string" } as const;
const options: ParseArgsOptionsConfig = {
  ...{ from: words, data: words, principal: words, role: words, expires: words, file: words },
  ...{ key: words, out: words, after: words },
  checkpoint: { type: "string", multiple: true },
  json: { type: "boolean" },
};

const Restore = z.strictObject({ from: z.string(), data: z.string() });
const TokenCreate = z.strictObject({
  data: z.string(),
  principal: z.string().optional(),
  role: z.string().optional(),
  expires: z.string().optional(),
  file: z.string().optional(),
});

const Verify = z.strictObject({
  data: z.string(),
  key: z.string().optional(),
  checkpoint: z.array(z.string()).optional(),
  json: z.boolean().optional(),
});
const Export = z.strictObject({ data: z.string(), out: z.string(), after: z.string().optional() });

/** What a command tells, and how it ends. */
interface Told {
  readonly text: string;
  /** (Default: 0) */
  readonly exitCode?: number;
}

/** The commands by their words: each takes the options and resolves to what it tells. */
const commands: Readonly<Record<string, (values: object) => Promise<Told>>> = {
  async restore(values) {
    const { from, data } = Restore.parse(values);
    const { message } = await restoreLog({
      // The log keeps the path, and a relative one would mean nothing a month later.
      source: resolve(from),
      directory: join(data, "log"),
      randomHex: (digits) => randomBytes(digits / 2).toString("hex"),
    });
    return { text: `${message}. The service will start fenced on ${data}.` };
  },
  async "token create"(values) {
    return { text: `the token is in ${await createToken(TokenCreate.parse(values))}` };
  },
  async verify(values) {
    const { json = false, ...request } = Verify.parse(values);
    const report = verifyLog(request);
    return { text: json ? JSON.stringify(report) : reportText(report), exitCode: exitCodeOf(report) };
  },
  async export(values) {
    const request = Export.parse(values);
    const { events, file } = await exportLog(request);
    return { text: `${events} events are in ${file}` };
  },
};

/** Commands on the data directory of a service, which is stopped where they write. */
async function main(): Promise<number> {
  const request = requestOf(process.argv.slice(2));
  if (!request) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const { text, exitCode = 0 } = await request();
  process.stdout.write(`${text}\n`);
  return exitCode;
}

function requestOf(args: readonly string[]): (() => Promise<Told>) | undefined {
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
