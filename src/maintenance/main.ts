import "../require-node.mjs";
import { randomBytes } from "node:crypto";
import { join, resolve } from "node:path";
import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { z } from "zod";
import { backUpLog } from "../adapters/event-store/sqlite/back-up.ts";
import { exitCodeOf, reportText } from "../proof/report.ts";
import { archiveEvents } from "./archive.ts";
import { missingArchives } from "./bring-archives.ts";
import { exportLog } from "./export.ts";
import { type Migrated, migrateLog } from "./migrate/migrate-log.ts";
import { openSource, openTarget, type Place, reopen } from "./migrate/places.ts";
import { progressLines } from "./migrate/progress-line.ts";
import { restoreLog } from "./restore.ts";
import { createToken } from "./token-create.ts";
import { verifyLog } from "./verify.ts";

const usage = `usage: ironledger-maintenance backup --data DIRECTORY --out FILE
       ironledger-maintenance restore --from LEDGER.DB --data DIRECTORY [--archives DIRECTORY]
       ironledger-maintenance archive --data DIRECTORY --days DAYS [--least-events COUNT]
       ironledger-maintenance migrate --from PLACE --to PLACE [--credentials FILE]
       ironledger-maintenance reopen --place PLACE [--credentials FILE]
       ironledger-maintenance token create --data DIRECTORY [--principal NAME] [--role ROLE]
                                           [--expires 30d] [--file FILE]
       ironledger-maintenance verify --data DIRECTORY [--key FILE --checkpoint FILE ...] [--json]
       ironledger-maintenance export --data DIRECTORY --out FILE [--after POSITION]

  backup        copies the log to a new file for restore; may run beside the service
  restore       makes the log of a new data directory from a copy of another's ledger.db;
                the service that starts on it is fenced until an operator starts an effects epoch; brings
                the archives that belong to the log from where they are kept
  archive       moves events that a checkpoint was signed over so many days ago, 8 or more, from the log's file to
                compressed archives beside it, a million at least in each; stop the service before
  migrate       moves a log to another store, with its hashes: a PLACE is a data directory, or an engine such as
                esdb://db1:2113, whose user:password is in a file; stop every service on both before
  reopen        takes back a log that was moved away, which no service starts on: it goes on here, fenced; start
                nothing on the place that it was moved to any more
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
  ...{ archives: words, days: words, "least-events": words },
  ...{ key: words, out: words, after: words, to: words, credentials: words, place: words },
  checkpoint: { type: "string", multiple: true },
  json: { type: "boolean" },
};

const Backup = z.strictObject({ data: z.string(), out: z.string() });
const Restore = z.strictObject({ from: z.string(), data: z.string(), archives: z.string().optional() });
const Archive = z.strictObject({
  data: z.string(),
  days: z.coerce.number().int().min(8).max(36_500),
  "least-events": z.coerce.number().int().min(1).optional(),
});
const Migrate = z.strictObject({ from: z.string(), to: z.string(), credentials: z.string().optional() });
const Reopen = z.strictObject({ place: z.string(), credentials: z.string().optional() });
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

const randomHex = (digits: number): string => randomBytes(digits / 2).toString("hex");

/** What a command tells, and how it ends. */
interface Told {
  readonly text: string;
  /** (Default: 0) */
  readonly exitCode?: number;
}

/** The commands by their words: each takes the options and resolves to what it tells. */
const commands: Readonly<Record<string, (values: object) => Promise<Told>>> = {
  async backup(values) {
    const { data, out } = Backup.parse(values);
    const file = resolve(out);
    const { events, bytes } = await backUpLog({ directory: join(data, "log"), file });
    return { text: `${events} events in ${bytes} octets are in ${file}` };
  },
  async restore(values) {
    const { from, data, archives } = Restore.parse(values);
    const { message } = await restoreLog({
      archives,
      // The log keeps the path, and a relative one would mean nothing a month later.
      source: resolve(from),
      directory: join(data, "log"),
      randomHex,
    });
    const missing = missingArchives(join(data, "log"));
    const lines = [
      `${message}. The service will start fenced on ${data}.`,
      ...missing.map(
        (file) => `${file} belongs to it and is not there: what is in it cannot be read until it is`,
      ),
    ];
    return { text: lines.join("\n") };
  },
  async archive(values) {
    const { data, days, "least-events": leastEvents } = Archive.parse(values);
    const onLine = (line: string) => process.stderr.write(`${line}\n`);
    const tools = { clock: () => new Date(), randomHex, onLine };
    const { events, segments } = await archiveEvents({ data, days, leastEvents }, tools);
    const archives = join(data, "log", "archive");
    const text =
      events === 0
        ? "nothing was archived: no signed checkpoint is old enough, too few events are before it, or nobody has looked at a restored log"
        : `${events} events in ${segments} files are in ${archives}. A backup of the log needs these files, too`;
    return { text };
  },
  async migrate(values) {
    const { from, to, credentials } = Migrate.parse(values);
    const { events, root } = await migrate({ text: from, credentials }, { text: to, credentials });
    return {
      text: `${events} events are in ${to}, with the root ${root}. The service will start fenced on it.
No service starts on ${from} any more.`,
    };
  },
  async reopen(values) {
    const { place, credentials } = Reopen.parse(values);
    const { message } = await reopen({ text: place, credentials }, randomHex(8));
    return { text: `${place} was ${message}. The service will start fenced on it.` };
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

async function migrate(from: Place, to: Place): Promise<Migrated> {
  const source = await openSource(from);
  try {
    const target = await openTarget(to, source);
    try {
      const onProgress = progressLines(
        (line) => process.stderr.write(`${line}\n`),
        () => performance.now(),
      );
      return await migrateLog({ source, target, randomHex, onProgress });
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

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
