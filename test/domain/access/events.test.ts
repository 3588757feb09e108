import { expect, test } from "vitest";
import { accessStream, principalIdOf } from "../../../src/domain/access/events.ts";

test("a principal's stream tells whose it is", () => {
  const id = "01a2b3c4-0000-7000-8000-000000000001";
  expect(principalIdOf(accessStream(id))).toBe(id);
});
