import { describe, expect, test } from "vitest";
import { csvContent, jsonContent } from "../../../../src/adapters/graphql/mutations/import/content.ts";
import { parseRows, twinProblems } from "../../../../src/adapters/graphql/mutations/import/row.ts";

/** What is wrong with a CSV content, all of it. */
function problemsOf(content: string): readonly string[] {
  const read = csvContent(content);
  if ("problem" in read) return [read.problem];
  const { rows, problems } = parseRows(read.rows);
  const found = problems.length > 0 ? problems : twinProblems(rows, read.rows);
  return found.map(({ row, path, message }) => `${row} ${path} ${message}`);
}

function rowsOf(content: ReturnType<typeof csvContent>) {
  if ("problem" in content) throw new Error(content.problem);
  const { rows, problems } = parseRows(content.rows);
  expect(problems).toEqual([]);
  return rows;
}

describe("reading CSV", () => {
  test("takes columns in any order, several interfaces, labels and parameters", () => {
    const content = [
      "name,param.ntp,mac,labels,param.site",
      'node-1,"{""servers"":[""10.0.0.1""]}",52-54-00-00-00-01 52:54:00:00:00:02,rack=r7; role=db,Berlin',
      "",
      ",,52:54:00:00:00:03,,",
    ].join("\r\n");
    expect(rowsOf(csvContent(`\ufeff${content}`))).toEqual([
      {
        mac: ["52:54:00:00:00:01", "52:54:00:00:00:02"],
        name: "node-1",
        labels: { rack: "r7", role: "db" },
        params: { ntp: { servers: ["10.0.0.1"] }, site: "Berlin" },
      },
      { mac: ["52:54:00:00:00:03"], labels: {}, params: {} },
    ]);
  });

  test("says which line is wrong, and why, of all lines", () => {
    const content = "mac,name\n52:54:00:00:00:01,Node\nnonsense,node-2\n52:54:00:00:00:03,node-3,more\n,x\n";
    expect(problemsOf(content)).toEqual([
      expect.stringMatching(/^0 name line 2: expected 1 to 63/),
      "1 mac.0 line 3: expected six hex octets",
      "2  line 4: has 3 fields, the header 2: put quotes around commas",
      expect.stringMatching(/^3 mac line 5: /),
    ]);
  });

  test("tells of what stands in two lines", () => {
    const content = "mac,name\n52:54:00:00:00:01,a\n52-54-00-00-00-01,b\n52:54:00:00:00:03,a\n";
    expect(problemsOf(content)).toEqual([
      "1 mac line 3: 52:54:00:00:00:01 stands in line 2 too: leave it out of one",
      "2 name line 4: a stands in line 2 too: leave it out of one",
    ]);
  });

  test.each([
    ["", "has no column mac: begin with a header line such as mac,name,labels"],
    ["52:54:00:00:00:01\n", 'has a column "52:54:00:00:00:01": there are mac, name, labels and param.<key>'],
    [
      ["mac", ...Array.from({ length: 67 }, (_, index) => `param.p${index}`)].join(","),
      "has 68 columns, at most 67 are taken: leave some out",
    ],
    ["mac,mac\n", "has the column mac twice: leave one of the two out"],
    ['mac\n"open', expect.stringMatching(/^is not CSV: /)],
  ])("refuses %j as a whole", (content, problem) => {
    expect(csvContent(content)).toEqual({ problem });
  });

  test.each([
    ["rack", [{ rack: "" }]],
    ["rack=a;", [{ rack: "a" }]],
    ["__proto__=x", []],
    ["=x", []],
    ["rack=a=b", []],
    ["rack=a;rack=b", []],
  ])("takes the labels %j for %j", (labels, rows) => {
    const content = csvContent(`mac,labels\n52:54:00:00:00:01,${labels}\n`);
    if ("problem" in content) throw new Error(content.problem);
    expect(parseRows(content.rows).rows.map((row) => row.labels)).toEqual(rows);
  });
});

test("Of more rows than are taken, one is read besides", () => {
  const content = csvContent(`mac\n${"x\n".repeat(20_000)}`);
  expect(content).toMatchObject({ rows: { length: 10_001 } });
});

test("Reading many labels of one row takes no more than a moment", () => {
  const labels = Array.from({ length: 40_000 }, (_, index) => index.toString(36)).join(";");
  const start = performance.now();
  csvContent(`mac,labels\n52:54:00:00:00:01,${labels}\n`);
  expect(performance.now() - start).toBeLessThan(1_000);
});

describe("reading JSON", () => {
  test("takes what Windows writes, which begins with a byte order mark", () => {
    expect(jsonContent('\ufeff[{"mac":"52:54:00:00:00:01"}]')).toMatchObject({ rows: [{}] });
  });

  test.each(["labels", "params"])("refuses the key __proto__ among the %s", (column) => {
    const content = jsonContent(`[{"mac":"52:54:00:00:00:01","${column}":{"__proto__":"x"}}]`);
    if ("problem" in content) throw new Error(content.problem);
    expect(parseRows(content.rows)).toMatchObject({
      rows: [],
      problems: [{ row: 0, path: column, message: "row 1: __proto__ cannot be a key" }],
    });
  });

  test("takes one interface or several", () => {
    const rows = [
      { mac: "52:54:00:00:00:01" },
      { mac: ["52:54:00:00:00:02", "52:54:00:00:00:03"], name: "b", labels: { rack: "1" }, params: { n: 1 } },
    ];
    expect(rowsOf(jsonContent(JSON.stringify(rows)))).toEqual([
      { mac: ["52:54:00:00:00:01"], labels: {}, params: {} },
      rows[1],
    ]);
  });

  test("says which row has a field that nobody knows, and which is none", () => {
    const content = jsonContent('[{"mac":"52:54:00:00:00:01","host":"a"}, 7]');
    if ("problem" in content) throw new Error(content.problem);
    const { problems } = parseRows(content.rows);
    expect(problems.map(({ row, message }) => `${row} ${message}`)).toEqual([
      '0 row 1: Unrecognized key: "host"',
      expect.stringMatching(/^1 row 2: /),
    ]);
  });

  test.each([
    ["{}", "is not a list: put the machines into [ and ]"],
    ["[", expect.stringMatching(/^is not JSON: /)],
  ])("refuses %s as a whole", (content, problem) => {
    expect(jsonContent(content)).toEqual({ problem });
  });
});
