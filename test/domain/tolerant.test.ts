import { describe, expect, test } from "vitest";
import { z } from "zod";
import { tolerant } from "../../src/domain/tolerant.ts";
import { MacAddress } from "../../src/domain/values/mac-address.ts";

const inner = z.strictObject({ mac: MacAddress });

describe("a schema made tolerant", () => {
  test.each([
    ["an object", inner, { mac: "52-54-00-12-34-56", x: 1 }, { mac: "52:54:00:12:34:56" }],
    ["a list", z.array(inner), [{ mac: "52:54:00:12:34:56", x: 1 }], [{ mac: "52:54:00:12:34:56" }]],
    ["what may be null", inner.nullable(), { mac: "52:54:00:12:34:56", x: 1 }, { mac: "52:54:00:12:34:56" }],
    [
      "a record",
      z.record(z.string(), inner),
      { eth0: { mac: "52:54:00:12:34:56", x: 1 } },
      { eth0: { mac: "52:54:00:12:34:56" } },
    ],
  ])("drops undeclared fields in $0", (...[, schema, stored, read]) => {
    expect(schema.safeParse(stored).success).toBe(false);
    expect(tolerant<z.ZodType>(schema).parse(stored)).toEqual(read);
  });

  test("checks everything else as before", () => {
    const few = tolerant(z.strictObject({ macs: z.array(inner).max(1), name: z.string().regex(/^[a-z]$/) }));
    const mac = "52:54:00:12:34:56";
    expect(few.safeParse({ macs: [{ mac }], name: "a" }).success).toBe(true);
    expect(few.safeParse({ macs: [{ mac }, { mac }], name: "a" }).success).toBe(false);
    expect(few.safeParse({ macs: [{ mac: "?" }], name: "a" }).success).toBe(false);
    expect(few.safeParse({ macs: [], name: "A" }).success).toBe(false);
  });

  test("leaves what is checked by code as it is", () => {
    const even = z.custom<number>((value) => typeof value === "number" && value % 2 === 0);
    expect(tolerant(z.strictObject({ even })).parse({ even: 2, x: 1 })).toEqual({ even: 2 });
    expect(tolerant(z.strictObject({ even })).safeParse({ even: 3 }).success).toBe(false);
  });

  test("leaves the strict one as it is", () => {
    tolerant(inner);
    expect(inner.safeParse({ mac: "52:54:00:12:34:56", x: 1 }).success).toBe(false);
  });

  test("is refused for a kind that nobody has decided about", () => {
    expect(() => tolerant(z.strictObject({ at: z.date() }))).toThrow("date");
  });
});
