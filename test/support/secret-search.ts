import { createReadStream } from "node:fs";
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Octets that may be known in one place only. */
export interface Secret {
  readonly name: string;
  /** At least eight, or they would be found by chance. */
  readonly bytes: Uint8Array;
}

export interface SearchedPlaces {
  /** Data directories. Their own secret files are left out: `secrets/` and `api-token`. */
  readonly directories: readonly string[];
  /** Whatever the service printed. */
  readonly logFiles: readonly string[];
  /** Of the service and its children, as `commandLinesOf` gives them. */
  readonly commandLines: readonly string[];
}

/** A secret where it must not be. */
export interface SecretHit {
  readonly secret: string;
  /** How it was written: `raw`, `hex`, `base64`, or `base64url`. */
  readonly form: string;
  readonly where: string;
}

/**
 * Looks for every secret, in every form, in every file and in every value of every database. The databases must not be
 * in use: what is searched of them is a copy.
 *
 * A value is looked at as well as the file because SQLite cuts a long one into pages.
 */
export async function searchForSecrets(
  secrets: readonly Secret[],
  { directories, logFiles, commandLines }: SearchedPlaces,
): Promise<readonly SecretHit[]> {
  const scanner = createScanner(secrets);
  for (const commandLine of commandLines) scanner.scan(Buffer.from(commandLine), "a command line");
  for (const file of logFiles) await scanFile(scanner, file, file);
  for (const directory of directories) {
    for (const file of await filesOf(directory)) {
      const where = relative(directory, file);
      await scanFile(scanner, file, where);
      if (file.endsWith(".db")) await scanDatabase(scanner, file, where);
    }
  }
  return scanner.hits();
}

interface Scanner {
  /** Length of the longest form of a secret, octets. */
  readonly longest: number;
  scan(bytes: Buffer, where: string): void;
  hits(): readonly SecretHit[];
}

interface Needle {
  readonly secret: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Reads each octet once, however many secrets there are: only where four octets fit is anything compared. */
function createScanner(secrets: readonly Secret[]): Scanner {
  const needles = secrets.flatMap(needlesOf);
  const hits = new Map<string, SecretHit>();
  const byStart = Map.groupBy(needles, ({ bytes }) => bytes.readUInt32BE(0));
  const starts = new Uint8Array(65_536);
  for (const start of byStart.keys()) starts[fold(start)] = 1;

  function compare(bytes: Buffer, offset: number, where: string): void {
    for (const { secret, form, bytes: wanted } of byStart.get(bytes.readUInt32BE(offset)) ?? []) {
      const found = bytes.subarray(offset, offset + wanted.length);
      if (found.equals(wanted)) hits.set(`${secret}\n${form}\n${where}`, { secret, form, where });
    }
  }

  return {
    longest: Math.max(0, ...needles.map(({ bytes }) => bytes.length)),
    hits: () => [...hits.values()],
    scan(bytes, where) {
      let start = 0;
      for (let index = 0; index < bytes.length; index++) {
        start = ((start << 8) | (bytes[index] ?? 0)) >>> 0;
        if (starts[fold(start)] === 1 && index >= 3) compare(bytes, index - 3, where);
      }
    },
  };
}

function fold(start: number): number {
  return (start ^ (start >>> 16)) & 0xffff;
}

function needlesOf({ name, bytes }: Secret): readonly Needle[] {
  if (bytes.length < 8) throw new Error(`${name} is too short to be looked for`);
  const raw = Buffer.from(bytes);
  const texts = [
    ["hex", raw.toString("hex")],
    ["hex", raw.toString("hex").toUpperCase()],
    ...[0, 1, 2].flatMap((shift) => {
      const text = base64Core(raw, shift);
      return [
        ["base64", text] as const,
        ["base64url", text.replaceAll("+", "-").replaceAll("/", "_")] as const,
      ];
    }),
  ] as const;
  return [
    { secret: name, form: "raw", bytes: raw },
    ...texts.map(([form, text]) => ({ secret: name, form, bytes: Buffer.from(text) })),
  ];
}

/** What the octets look like in base64 `shift` octets after the beginning of a group, whatever is around them. */
function base64Core(raw: Buffer, shift: number): string {
  const text = Buffer.concat([Buffer.alloc(shift), raw]).toString("base64");
  return text.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + raw.length) * 8) / 6));
}

async function filesOf(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter(
      (entry) => entry.isFile() && entry.name !== "api-token" && basename(entry.parentPath) !== "secrets",
    )
    .map((entry) => join(entry.parentPath, entry.name));
}

async function scanFile(scanner: Scanner, file: string, where: string): Promise<void> {
  let rest = Buffer.alloc(0);
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }) as AsyncIterable<Buffer>) {
    const bytes = Buffer.concat([rest, chunk]);
    scanner.scan(bytes, where);
    rest = bytes.subarray(Math.max(0, bytes.length - scanner.longest + 1));
  }
}

async function scanDatabase(scanner: Scanner, file: string, where: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "ironledger-search-"));
  try {
    const copy = join(folder, "copy.db");
    await cp(file, copy);
    await cp(`${file}-wal`, `${copy}-wal`).catch(onlyAbsence);
    const database = new DatabaseSync(copy);
    try {
      for (const table of tablesOf(database)) scanTable(scanner, { database, table, where });
    } finally {
      database.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tablesOf(database: DatabaseSync): readonly string[] {
  const rows = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
  return rows.map((row) => String(row["name"]));
}

function scanTable(
  scanner: Scanner,
  {
    database,
    table,
    where,
  }: { readonly database: DatabaseSync; readonly table: string; readonly where: string },
): void {
  const statement = database.prepare(`SELECT * FROM "${table}"`);
  statement.setReadBigInts(true);
  for (const row of statement.iterate()) {
    for (const value of Object.values(row)) {
      if (typeof value === "string") scanner.scan(Buffer.from(value), `${where}, table ${table}`);
      else if (value instanceof Uint8Array) scanner.scan(Buffer.from(value), `${where}, table ${table}`);
    }
  }
}

function onlyAbsence(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

/** What the kernel shows everybody of a process and of its descendants: their words, as they were started with. */
export async function commandLinesOf(pid: number): Promise<readonly string[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir("/proc")) {
    const parent = /^\d+$/.test(name) ? await parentOf(Number(name)) : undefined;
    if (parent !== undefined) parents.set(Number(name), parent);
  }
  const family = [pid];
  for (const member of family) {
    for (const [child, parent] of parents) if (parent === member) family.push(child);
  }
  return Promise.all(family.map(commandLineOf));
}

/** `undefined` when the process has ended meanwhile. */
async function parentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(ended);
  const [, parent] = /^PPid:\t(\d+)$/m.exec(status) ?? [];
  return parent === undefined ? undefined : Number(parent);
}

async function commandLineOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, "utf8").catch(ended);
}

function ended(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT" || error.code === "ESRCH") return "";
  throw error;
}
