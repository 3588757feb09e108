import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import { storedRows } from "../../src/projections/stored-rows.ts";
import {
  createTables,
  integer,
  json,
  logTable,
  table,
  text,
  textOrNull,
} from "../../src/projections/table.ts";
import { tallyTable } from "../../src/projections/tally.ts";
import { temporaryDirectory } from "./view-files.ts";

const tables = {
  lamp: table({
    columns: { room: text(), number: integer(), colour: textOrNull(), detail: json<{ watts?: number }>() },
    key: ["room", "number"],
  }),
  flash: logTable({
    columns: { at: integer(), room: textOrNull() },
    key: ["at"],
    indexes: [["room"]],
  }),
  tally: tallyTable,
};

function opened(path = join(temporaryDirectory(), "a.db"), create = true) {
  const database = new DatabaseSync(path);
  if (create) database.exec(createTables(tables));
  const { rows, write, pending } = storedRows(database, tables);
  const flush = () => {
    database.exec("BEGIN");
    const pauses = [...write()].length;
    database.exec("COMMIT");
    return pauses;
  };
  const count = (name: string) => database.prepare(`SELECT count(*) AS n FROM ${name}`).get()?.["n"];
  return { path, database, rows, pending, flush, count };
}

describe("rows in SQLite", () => {
  test("are seen by handlers before they are written", () => {
    const { rows, pending, count, flush } = opened();
    rows.lamp.put({ room: "attic", number: 1, colour: null, detail: {} });
    expect(rows.lamp.get("attic", 1)?.colour).toBeNull();
    expect(rows.lamp.get("attic", 2)).toBeUndefined();
    expect({ pending: pending(), written: count("lamp") }).toEqual({ pending: 1, written: 0 });
    flush();
    expect({ pending: pending(), written: count("lamp") }).toEqual({ pending: 0, written: 1 });
  });

  test("are written once however often they changed", () => {
    const { rows, pending } = opened();
    for (let watts = 0; watts < 10; watts++) {
      rows.lamp.put({ room: "attic", number: 1, colour: "red", detail: { watts } });
    }
    expect(pending()).toBe(1);
  });

  test("come back from the file as they were put", () => {
    const first = opened();
    const row = { room: "attic", number: 1, colour: "red", detail: { watts: 40 } };
    first.rows.lamp.put(row);
    first.flush();
    const second = opened(first.path, false);
    expect(second.rows.lamp.get("attic", 1)).toEqual(row);
  });

  test("are deleted, and may come again", () => {
    const { rows, flush, count } = opened();
    const row = { room: "attic", number: 1, colour: null, detail: {} };
    rows.lamp.put(row);
    flush();
    rows.lamp.delete("attic", 1);
    expect(rows.lamp.get("attic", 1)).toBeUndefined();
    flush();
    expect(count("lamp")).toBe(0);
    rows.lamp.put(row);
    flush();
    expect(count("lamp")).toBe(1);
  });

  test("tell keys apart that look alike when joined", () => {
    const { rows } = opened();
    rows.lamp.put({ room: "a1", number: 1, colour: "red", detail: {} });
    rows.lamp.put({ room: "a", number: 11, colour: "blue", detail: {} });
    expect([rows.lamp.get("a1", 1)?.colour, rows.lamp.get("a", 11)?.colour]).toEqual(["red", "blue"]);
  });

  test("refuse to be inserted twice into a log", () => {
    const { rows, flush } = opened();
    rows.flash.insert({ at: 1, room: "hall" });
    rows.flash.insert({ at: 1, room: "hall" });
    expect(flush).toThrow("UNIQUE constraint failed");
  });
});

describe("the cache of a table", () => {
  test("are found again after the cache started afresh", () => {
    const { rows, flush, count } = opened();
    const lamps = 10_500;
    for (let number = 0; number < lamps; number++) {
      rows.lamp.put({ room: "hall", number, colour: null, detail: { watts: number } });
      rows.flash.insert({ at: number, room: "hall" });
    }
    expect(flush()).toBeGreaterThan(40);
    expect(rows.lamp.get("hall", 7)?.detail).toEqual({ watts: 7 });
    rows.lamp.put({ room: "hall", number: 8, colour: "red", detail: {} });
    flush();
    expect(rows.lamp.get("hall", 8)?.colour).toBe("red");
    expect([count("lamp"), count("flash")]).toEqual([lamps, lamps]);
  });

  test("are not looked for in a file that has few of them", () => {
    const first = opened();
    const row = { room: "attic", number: 1, colour: "red", detail: { watts: 40 } };
    first.rows.lamp.put(row);
    first.flush();
    const second = opened(first.path, false);
    first.database.exec("DELETE FROM lamp");
    expect(second.rows.lamp.get("attic", 1)).toEqual(row);
    expect(second.rows.lamp.get("attic", 2)).toBeUndefined();
  });
});

describe("an index of a log", () => {
  test("has the rows with a value, and finds them", () => {
    const { rows, flush, database } = opened();
    rows.flash.insert({ at: 1, room: "hall" });
    rows.flash.insert({ at: 2, room: null });
    flush();
    const planned = (sql: string) => database.prepare(`EXPLAIN QUERY PLAN ${sql}`).get()?.["detail"];
    expect(planned("SELECT * FROM flash WHERE room = 'hall'")).toContain("flash_room");
    expect(planned("SELECT * FROM flash WHERE room IN (SELECT room FROM lamp)")).toContain("flash_room");
    expect(planned("SELECT * FROM flash WHERE room IS NULL")).not.toContain("flash_room");
    expect(database.prepare("SELECT at FROM flash WHERE room = 'hall'").all()).toEqual([{ at: 1 }]);
  });
});

describe("counts in SQLite", () => {
  const red = { collection: "lamp", column: "colour", value: "red" } as const;
  const one = { collection: "lamp", column: "number", value: 1 } as const;
  const listed = ({ database }: ReturnType<typeof opened>) =>
    database
      .prepare("SELECT * FROM tally")
      .all()
      .map((row) => Object.values(row));

  test("wait to be written, each value once", () => {
    const file = opened();
    for (let round = 0; round < 3; round++) {
      file.rows.tally.count(red, 1);
      file.rows.tally.count(one, 1);
    }
    expect([file.pending(), listed(file)]).toEqual([2, []]);
    file.flush();
    expect([file.pending(), listed(file)]).toEqual([
      0,
      [
        ["lamp", "colour", '"red"', 3],
        ["lamp", "number", "1", 3],
      ],
    ]);
  });

  test("go on from what the file has", () => {
    const first = opened();
    first.rows.tally.count(red, 1);
    first.flush();
    const second = opened(first.path, false);
    second.rows.tally.count(red, 1);
    second.flush();
    second.rows.tally.count(red, 1);
    second.rows.tally.count(red, -1);
    second.flush();
    expect(listed(second)).toEqual([["lamp", "colour", '"red"', 2]]);
  });

  test("tell a text, a number and the lack of a value apart", () => {
    const file = opened();
    for (const value of ["1", 1, null]) file.rows.tally.count({ ...one, value }, 1);
    file.flush();
    expect(listed(file).map(([, , value]) => value)).toEqual(['"1"', "1", "null"]);
  });

  test("have no row when they come to nothing", () => {
    const file = opened();
    file.rows.tally.count(red, 1);
    file.rows.tally.count(one, 1);
    file.rows.tally.count(one, -1);
    file.flush();
    file.rows.tally.count(red, -1);
    file.flush();
    expect(listed(file)).toEqual([]);
  });
});
