import { describe, expect, test } from "vitest";
import { eventLine, headerLine, readEventLine, readHeader } from "../../src/proof/export-format.ts";

const header = {
  logId: "0123456789abcdef",
  incarnation: "000100000000",
  before: { size: 1, edge: ["ab".repeat(32)] },
  through: 3,
};

describe("the first line of an exported file", () => {
  test.each([true, false])("is read as it was written, of a log with one clock: %s", (hasOneClock) => {
    expect(readHeader(headerLine({ ...header, hasOneClock }))).toEqual({ ...header, hasOneClock });
  });

  test("of a log with one clock does not speak of clocks", () => {
    expect(headerLine(header)).not.toContain("clocks");
    expect(readHeader(headerLine(header))).toEqual({ ...header, hasOneClock: true });
  });

  test("has no member that nobody knows, and no other word about clocks", () => {
    const line = headerLine({ ...header, hasOneClock: false });
    for (const other of ['"clocks":"one"', '"clocks":2', '"clock":"several"']) {
      expect(readHeader(line.replace('"clocks":"several"', other))).toBeUndefined();
    }
    expect(readHeader(line.replace('"edge":', '"dead":0,"edge":'))).toBeUndefined();
    expect(readHeader(line.replace('"through":3,', ""))).toBeUndefined();
  });
});

describe("the line of an event", () => {
  const hash = "ab".repeat(32);
  const id = "01920000-0000-7000-8000-000000000000";
  const event = {
    stream: "a-1",
    revision: 0,
    id,
    type: "T",
    schema: 1,
    time: 0,
    data: "{}",
    meta: "{}",
    hash,
  };
  const line = (change: Partial<typeof event> = {}) =>
    eventLine(`${header.logId}.${header.incarnation}.0000000000000001`, {
      event: { ...event, position: 1, ...change },
      previous: undefined,
    });

  test("is read as it was written", () => {
    expect(readEventLine(line(), header)?.event).toEqual({ ...event, position: 1 });
  });

  test("has each of its members, and no other in the place of one", () => {
    for (const [member, other] of [
      ['"revision":0', '"reviews":"other words"'],
      ['"time":0', '"till":1'],
      ['"stream":"a-1"', '"strict":true'],
      ['"type":"T"', '"use":"none"'],
    ] as const) {
      expect(line()).toContain(member);
      expect(readEventLine(line().replace(member, other), header), member).toBeUndefined();
    }
  });

  test("has no name longer than an event's can be, which would be kept", () => {
    expect(readEventLine(line({ stream: "s".repeat(255) }), header)).toBeDefined();
    expect(readEventLine(line({ stream: "s".repeat(256) }), header)).toBeUndefined();
    expect(readEventLine(line({ type: "t".repeat(256) }), header)).toBeUndefined();
  });
});
