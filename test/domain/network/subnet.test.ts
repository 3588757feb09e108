import { describe, expect, test } from "vitest";
import { unknownMachinesOf } from "../../../src/domain/network/subnet.ts";
import { subnet } from "../../support/samples.ts";

describe("a machine that nobody knows", () => {
  test.each(["discover", "local-disk"] as const)("gets what its subnet says: %s", (unknownMachines) => {
    expect(unknownMachinesOf({ ...subnet, unknownMachines })).toBe(unknownMachines);
  });

  test("is left to its own disk where no subnet is ours", () => {
    expect(unknownMachinesOf(undefined)).toBe("local-disk");
  });
});
