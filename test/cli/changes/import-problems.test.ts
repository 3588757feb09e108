import { expect, test } from "vitest";
import { type Chunk, chunksOf, type ImportFormat } from "../../../src/cli/changes/import-chunks.ts";
import { problemLines } from "../../../src/cli/changes/import-problems.ts";

/** The second part of a file whose first thousand rows take two lines each. */
async function secondChunk(format: ImportFormat): Promise<Chunk> {
  const rows = Array.from({ length: 1_002 }, (_, index) => `m${index},"a\nb"`);
  const text = format === "CSV" ? `mac,labels\n${rows.join("\n")}\n` : JSON.stringify(rows);
  const chunk = (await chunksOf(text, format))[1];
  if (!chunk) throw new Error("the file has one part");
  return chunk;
}

function problem(field: string, message: string) {
  return { code: "INPUT_INVALID", field, message: `${field}: ${message}`, remedy: null };
}

test("what is wrong is told with the line of the file, not of the part that was sent", async () => {
  const userErrors = [
    problem("content[0].mac.0", "line 3: expected six hex octets"),
    problem("content[1].name", "line 5: n1 stands in line 3 too: leave it out of one"),
  ];
  const options = { chunk: await secondChunk("CSV"), format: "CSV", file: "rack.csv" } as const;
  expect(problemLines({ userErrors, problemCount: 7 }, options)).toEqual([
    "rack.csv:2003: mac: expected six hex octets",
    "rack.csv:2005: name: n1 stands in line 2003 too: leave it out of one",
    "rack.csv: ... and 5 more problems",
  ]);
});

test("what is wrong in JSON is told with the row", async () => {
  const options = { chunk: await secondChunk("JSON"), format: "JSON", file: "-" } as const;
  const userErrors = [problem("content[1]", "row 2: expected an object, unlike row 1")];
  expect(problemLines({ userErrors, problemCount: 1 }, options)).toEqual([
    "-, row 1002: expected an object, unlike row 1001",
  ]);
});

test("what is wrong with all of a file is about no line", async () => {
  const options = { chunk: await secondChunk("CSV"), format: "CSV", file: "rack.csv" } as const;
  expect(problemLines({ userErrors: [problem("content", "has no column mac")] }, options)).toEqual([]);
});
