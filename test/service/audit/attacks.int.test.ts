import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { positionText } from "../../../src/adapters/event-store/position.ts";
import { uuidText } from "../../../src/adapters/event-store/sqlite/rows.ts";
import { openStoredLog } from "../../../src/adapters/event-store/sqlite/stored-log.ts";
import { createExportCheck } from "../../../src/proof/check-export.ts";
import { endLine, eventLine, headerLine } from "../../../src/proof/export-format.ts";
import { createFindingList } from "../../../src/proof/findings.ts";
import { readCheckpoints } from "../../../src/proof/read-checkpoints.ts";
import { createTreeBuilder } from "../../../src/proof/tree-builder.ts";
import type { AuditReport } from "../../../src/service/audit/audit-job.ts";
import { runAudit } from "../../../src/service/audit/run-audit.ts";
import { temporaryDirectory } from "../../adapters/event-store/sqlite/support.ts";
import { append, attack, found, makeLog, signNow } from "../../maintenance/evidence.support.ts";
import { attacks } from "./attacks.support.ts";
import { placeOf } from "./audit.support.ts";

type Signed = ReturnType<typeof signNow>;

/** A log of 32 events, the last two of one moment, and what was signed of it. */
let whole: { readonly data: string; readonly signed: Signed };

/** Directories of other helpers live as long as one test. */
let directory: string;

beforeAll(async () => {
  const data = await makeLog();
  for (const stream of ["a-1", "b-1"]) await append(data, stream, 1);
  const signed = signNow(data);
  directory = mkdtempSync(join(tmpdir(), "ironledger-attacks-"));
  const kept = (path: string, name: string) => {
    cpSync(path, join(directory, name), { recursive: true });
    return join(directory, name);
  };
  const checkpoint = signed.checkpoint.map((file) => kept(file, "checkpoint"));
  whole = { data: kept(data, "data"), signed: { key: kept(signed.key, "key"), checkpoint } };
});

afterAll(() => rmSync(directory, { recursive: true }));

function copyOf(data: string): string {
  const copy = temporaryDirectory();
  cpSync(data, copy, { recursive: true });
  return copy;
}

/** What the service finds of its own log while it runs. */
async function foundByService(data: string, signed: Signed | undefined): Promise<readonly string[]> {
  const notes = signed && {
    verifierKey: readFileSync(signed.key, "utf8").trim(),
    notes: signed.checkpoint.map((file) => readFileSync(file, "utf8")),
  };
  const { entry: _, ...place } = placeOf(data);
  const reports: AuditReport[] = [];
  const job = { kind: "verify", signed: notes, views: false } as const;
  await runAudit({ ...place, job }, { tell: (report) => reports.push(report), turn: async () => undefined });
  const last = reports.at(-1);
  return last && "verified" in last ? last.verified.findings.map(shortly) : ["no verification"];
}

/** What the verifier of exported files finds in what somebody exported who knows how, and wants it to look right. */
function foundInFile(data: string, signed: Signed | undefined): readonly string[] {
  const findings = createFindingList();
  const files = { files: signed?.checkpoint ?? [], key: signed?.key, read: readFileSync };
  const check = createExportCheck({ checkpoints: readCheckpoints({ ...files, findings }), findings });
  for (const line of forgedExport(data)) check.add(line);
  return check.end().findings.map(shortly);
}

function forgedExport(data: string): readonly string[] {
  const log = openStoredLog(join(data, "log"));
  const { identity } = log;
  const tree = createTreeBuilder();
  const before = tree.state();
  const lines = [...log.rows(0)].flat().map((row) => {
    if ("why" in row) throw new Error(row.why);
    const [position, stream, revision, id, type, schema, time, text, meta, hash] = row;
    tree.append(hash);
    const event = {
      position,
      stream,
      revision,
      id: uuidText(id),
      type,
      schema,
      time,
      data: text,
      meta,
      hash,
    };
    return eventLine(positionText(identity, position), { event, previous: undefined });
  });
  log.close();
  const count = lines.length;
  const first = headerLine({ ...identity, before, through: count });
  return [first, ...lines, endLine({ ...identity, count, root: tree.root() })];
}

function shortly({
  code,
  position,
  stream,
  revision,
}: {
  code: string;
  position: number;
  stream?: string;
  revision?: number;
}) {
  return [code, position, stream, revision].filter((part) => part !== undefined).join(" ");
}

function codesOf(findings: readonly string[]): readonly string[] {
  return findings.map((finding) => finding.split(" ")[0] ?? "");
}

describe.each(attacks)("somebody who changes %s", (_, each) => {
  test.each(each)("is found out: $name", async ({ spoil, found: alone, signed: more, inFile }) => {
    const { signed } = whole;
    const data = copyOf(whole.data);
    attack(data, spoil);
    const withCheckpoint = [...alone, ...(more ?? ["CHECKPOINT_DIFFERS 32"])];

    expect(found({ data }).toSorted()).toEqual(alone.toSorted());
    expect(found({ data, ...signed }).toSorted()).toEqual(withCheckpoint.toSorted());
    expect(await foundByService(data, undefined)).toEqual(found({ data }));
    expect(await foundByService(data, signed)).toEqual(found({ data, ...signed }));

    const file = foundInFile(data, undefined);
    const fileSigned = foundInFile(data, signed);
    if (inFile) {
      expect(codesOf(file)).toEqual(expect.arrayContaining([...codesOf(inFile)]));
    } else {
      expect(file.toSorted()).toEqual(alone.toSorted());
      expect(fileSigned.toSorted()).toEqual(withCheckpoint.toSorted());
    }
  });
});

describe("somebody who puts older files in the place of newer ones", () => {
  test("is found out by a checkpoint that was kept elsewhere, by nothing else in the log", async () => {
    const newer = copyOf(whole.data);
    await append(newer, "machine-9", 3);
    const signed = signNow(newer);
    expect(found({ data: newer, ...signed })).toEqual([]);
    const rolledBack = copyOf(whole.data);
    expect([found({ data: rolledBack }), foundInFile(rolledBack, undefined)]).toEqual([[], []]);
    for (const findings of [
      found({ data: rolledBack, ...signed }),
      await foundByService(rolledBack, signed),
      foundInFile(rolledBack, signed),
    ]) {
      expect(findings).toEqual(["CHECKPOINT_NOT_REACHED 32"]);
    }
  });
});
