import { describe, expect, test } from "vitest";
import { createExportCheck } from "../../src/proof/check-export.ts";
import { endLine, headerLine } from "../../src/proof/export-format.ts";
import { createFindingList } from "../../src/proof/findings.ts";
import { emptyRoot } from "../../src/proof/merkle.ts";
import { emptyTree } from "../../src/proof/tree-builder.ts";

const log = { logId: "0123456789abcdef", incarnation: "000200000000" };

/** What is found in the file of an empty log, compared with a checkpoint of this origin. */
function findingsWith(origin: string) {
  const checkpoints = [{ origin, size: 0, root: emptyRoot, extensions: [] }];
  const check = createExportCheck({ checkpoints, findings: createFindingList() });
  check.add(headerLine({ ...log, before: emptyTree, through: 0 }));
  check.add(endLine({ ...log, count: 0, root: emptyRoot }));
  const { findings, vouched } = check.end();
  return { findings, vouched };
}

describe("an exported file and a checkpoint", () => {
  test.each([
    ["the log", "ironledger/0123456789abcdef.000200000000"],
    ["the log before it was restored", "ironledger/0123456789abcdef.000100000000"],
    ["whoever else signed it", "log.example/rack-7"],
  ])("are compared when the origin names %s", (_, origin) => {
    expect(findingsWith(origin)).toEqual({ findings: [], vouched: 0 });
  });

  test("of another log are not compared: the finding names both logs", () => {
    const { findings, vouched } = findingsWith("ironledger/fedcba9876543210.000200000000");
    expect(vouched).toBeUndefined();
    const message =
      'it is of "ironledger/fedcba9876543210.000200000000", and the file of the log 0123456789abcdef';
    expect(findings).toEqual([{ code: "CHECKPOINT_FOREIGN", position: 0, message }]);
  });
});
