import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { positionText } from "../../src/adapters/event-store/position.ts";
import { createExportCheck } from "../../src/proof/check-export.ts";
import { eventHash } from "../../src/proof/event-hash.ts";
import { eventLine, headerLine } from "../../src/proof/export-format.ts";
import { createFindingList } from "../../src/proof/findings.ts";
import { emptyTree } from "../../src/proof/tree-builder.ts";

const log = { logId: "0123456789abcdef", incarnation: "000200000000" };
const streams = 200;
const textBytes = 256 * 1024;

/** The lines of a page, cut from its text as a reader does: the only event of a stream, and a large one. */
function pageOf(position: number): readonly string[] {
  const id = `01920000-0000-7000-8000-${String(position).padStart(12, "0")}`;
  const data = `{"text":"${"x".repeat(textBytes)}"}`;
  const fields = { stream: `machine-${position}`, revision: 0, id, type: "T", schema: 1, time: position };
  const event = { ...fields, data, meta: "{}" };
  const line = eventLine(positionText(log, position), {
    event: { ...event, position, hash: eventHash(undefined, event) },
    previous: undefined,
  });
  return Buffer.from(`${line}\n`).toString().slice(0, -1).split("\n");
}

test("a check remembers of each stream where it is, and no text that this was read from", () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const findings = createFindingList();
  const check = createExportCheck({ checkpoints: [], findings });
  check.add(headerLine({ ...log, before: emptyTree, through: streams }));
  collect();
  const { heapUsed: before } = process.memoryUsage();
  for (let position = 1; position <= streams; position++)
    for (const line of pageOf(position)) check.add(line);
  collect();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan((streams / 4) * textBytes);
  expect(check.tree().size).toBe(streams);
  expect(findings.first()).toEqual([]);
});
