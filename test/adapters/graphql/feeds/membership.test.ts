import { describe, expect, test } from "vitest";
import { Membership, rememberedMax } from "../../../../src/adapters/graphql/feeds/membership.ts";

const numbered = (count: number) => new Set(Array.from({ length: count }, (_, index) => `m${index}`));

describe("telling that one does not meet the conditions any more", () => {
  test("is done once, until it met them again", () => {
    const members = new Membership();
    members.meets("a");
    expect([members.leaves("a", "2"), members.leaves("a", "3")]).toEqual([true, false]);
    members.meets("a");
    expect(members.leaves("a", "5")).toBe(true);
  });

  test("is done of one that nobody knows of, once", () => {
    const members = new Membership();
    expect([members.leaves("a", "1"), members.leaves("a", "2")]).toEqual([true, false]);
  });

  test("is not done of one that is known not to have met them", () => {
    const members = new Membership();
    members.begin(new Set(["a"]), "5");
    expect(members.isMember("a")).toBe(true);
    expect(members.isMember("b")).toBe(false);
    expect(members.leaves("b", "6")).toBe(false);
    expect(members.leaves("a", "7")).toBe(true);
  });

  test("is done of one whose change may be older than what is known", () => {
    const members = new Membership();
    members.begin(new Set(["a"]), "5");
    expect(members.leaves("b", "5")).toBe(true);
  });

  test("is done once too often when more meet the conditions than are remembered", () => {
    const members = new Membership();
    members.begin(numbered(rememberedMax + 1), "5");
    expect(members.leaves("stranger", "6")).toBe(true);

    const full = new Membership();
    full.begin(numbered(rememberedMax), "5");
    expect(full.leaves("stranger", "6")).toBe(false);
    full.meets("newcomer");
    expect(full.leaves("stranger", "7")).toBe(true);
  });

  test("forgets those first that were told to have left and stayed away", () => {
    const members = new Membership();
    members.begin(numbered(rememberedMax), "5");
    members.leaves("m0", "6");
    for (let index = 1; index < rememberedMax; index++) members.meets(`m${index}`);
    members.meets("newcomer");
    expect(members.leaves("stranger", "7")).toBe(false);
  });
});
