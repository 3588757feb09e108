import { describe, expect, test } from "vitest";
import { answerFile } from "../../../src/boot/http/byte-range.ts";

const file = { bytes: 100, etag: '"abc"' };
const whole = { status: 200, first: 0, last: 99 };

describe("answering for a part of a file", () => {
  test.each([
    ["bytes=0-0", { status: 206, first: 0, last: 0 }],
    ["bytes=10-19", { status: 206, first: 10, last: 19 }],
    ["bytes=90-", { status: 206, first: 90, last: 99 }],
    ["bytes=90-1000", { status: 206, first: 90, last: 99 }],
    ["bytes=-5", { status: 206, first: 95, last: 99 }],
    ["bytes=-500", { status: 206, first: 0, last: 99 }],
    ["bytes=100-", { status: 416 }],
    ["bytes=-0", { status: 416 }],
  ])("gives what %s asks for", (range, answer) => {
    expect(answerFile({ range }, file)).toEqual(answer);
  });

  test.each([
    "bytes=5-4",
    "bytes=-",
    "bytes=0-1,5-6",
    "lines=1-2",
    "bytes=a-b",
    "",
    "bytes=99999999999999999-",
  ])("gives the whole file for %j", (range) => {
    expect(answerFile({ range }, file)).toEqual(whole);
  });

  test("takes no range of another version", () => {
    expect(answerFile({ range: "bytes=5-", ifRange: '"old"' }, file)).toEqual(whole);
    expect(answerFile({ range: "bytes=5-", ifRange: '"abc"' }, file)).toMatchObject({ status: 206 });
  });

  test("sends nothing that the client has", () => {
    expect(answerFile({ ifNoneMatch: '"old", W/"abc"' }, file)).toEqual({ status: 304 });
    expect(answerFile({ ifNoneMatch: "*" }, file)).toEqual({ status: 304 });
    expect(answerFile({ ifNoneMatch: '"old"' }, file)).toEqual(whole);
  });

  test("knows that an empty file has no parts", () => {
    expect(answerFile({ range: "bytes=0-" }, { ...file, bytes: 0 })).toEqual({ status: 416 });
    expect(answerFile({}, { ...file, bytes: 0 })).toEqual({ status: 200, first: 0, last: -1 });
  });
});
