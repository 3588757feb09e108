import { expect, test } from "vitest";
import { suggestion } from "../../src/cli/suggest.ts";

test.each([
  ["nmae", "did you mean name?"],
  ["State", "did you mean state?"],
  ["zzzzzz", "there are: name, state"],
])("for %s: %s", (word, text) => {
  expect(suggestion(word, ["name", "state"])).toBe(text);
});
