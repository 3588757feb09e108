import { describe, expect, test } from "vitest";
import { personOf } from "../../../src/adapters/oidc/person.ts";
import { AccessRoleName } from "../../../src/domain/values/slug.ts";

const viewer = AccessRoleName.parse("viewer");
const operator = AccessRoleName.parse("operator");
const mapping = { rolesClaim: "groups", roles: { staff: viewer, platform: operator, oncall: operator } };
const claims = { iss: "https://id.example.com", sub: "ada-1" };

describe("what a provider says of somebody", () => {
  test.each([
    ["a list", ["oncall", "platform", "staff", "other"], [viewer, operator]],
    ["one group", "staff", [viewer]],
    ["nothing", undefined, []],
    ["no group that is mapped", ["toString", "__proto__", ""], []],
    ["what is no text", [7, null, { staff: true }], []],
  ])("gives the roles of the groups when it is %s", (_what, groups, roles) => {
    expect(personOf({ ...claims, groups }, mapping).roles).toEqual(roles);
  });

  test.each([
    [{ preferred_username: "ada", name: "Ada Lovelace", email: "ada@example.com" }, "ada"],
    [{ name: "Ada Lovelace", email: "ada@example.com" }, "Ada Lovelace"],
    [{ name: 7, email: "ada@example.com" }, "ada@example.com"],
    [{}, "ada-1"],
  ])("names the person by the best claim of %j", (named, displayName) => {
    const person = personOf({ ...claims, ...named }, mapping);
    expect(person).toMatchObject({ issuer: claims.iss, subject: "ada-1", displayName });
  });
});
