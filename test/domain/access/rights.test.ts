import { describe, expect, test } from "vitest";
import { builtInRoles } from "../../../src/domain/access/built-in-roles.ts";
import { noRights, rightsOf, scopeBeyond } from "../../../src/domain/access/rights.ts";
import type { AccessRule } from "../../../src/domain/access/rule.ts";
import { isMachineScope, type Scope, scopes } from "../../../src/domain/access/scopes.ts";

const rack7: AccessRule = {
  scopes: ["machines:read", "machines:deploy"],
  machines: { rack: "7", spare: null },
};
const rack8: AccessRule = { scopes: ["machines:read"], machines: { rack: "8" } };
const everywhere: AccessRule = { scopes: ["machines:read", "network:read"], machines: null };

describe("rights", () => {
  test("of nobody are none", () => {
    expect(noRights.scopes).toEqual([]);
    for (const scope of scopes) {
      expect(noRights.may(scope)).toBe(false);
      expect(noRights.mayOnMachine(scope, { rack: "7" })).toBe(false);
    }
  });

  test("of a limited rule hold on machines that have every label, with the value or with any", () => {
    const rights = rightsOf([rack7]);
    expect(rights.may("machines:deploy")).toBe(true);
    expect(rights.mayOnMachine("machines:deploy", { rack: "7", spare: "" })).toBe(true);
    expect(rights.mayOnMachine("machines:deploy", { rack: "7" })).toBe(false);
    expect(rights.mayOnMachine("machines:deploy", { rack: "8", spare: "yes" })).toBe(false);
    expect(rights.mayOnMachine("machines:deploy", {})).toBe(false);
    expect(rights.mayOnMachine("machines:retire", { rack: "7", spare: "" })).toBe(false);
    expect(rightsOf([{ ...rack7, machines: { constructor: null } }]).mayOnMachine("machines:read", {})).toBe(
      false,
    );
  });

  test("of several rules add up", () => {
    const rights = rightsOf([rack7, rack8]);
    expect(rights.selectorsOf("machines:read")).toEqual([rack7.machines, rack8.machines]);
    expect(rights.selectorsOf("machines:deploy")).toEqual([rack7.machines]);
    expect(rights.mayOnMachine("machines:read", { rack: "8" })).toBe(true);
  });

  test("that hold everywhere are limited by no other rule", () => {
    const rights = rightsOf([rack7, everywhere]);
    expect(rights.selectorsOf("machines:read")).toBe("all");
    expect(rights.mayOnMachine("machines:read", {})).toBe(true);
    expect(rights.scopes).toEqual(["machines:read", "machines:deploy", "network:read"]);
  });

  test("of a limited rule give nothing about what is no machine's", () => {
    const rights = rightsOf([{ scopes: ["network:read", "access:manage"], machines: { rack: "7" } }]);
    expect(rights.scopes).toEqual([]);
  });
});

describe("what rules give beyond what somebody has", () => {
  const machinesRead = (machines: AccessRule["machines"]): AccessRule => ({
    scopes: ["machines:read"],
    machines,
  });

  test.each<{ what: string; held: readonly AccessRule[]; given: AccessRule; beyond: Scope | undefined }>([
    { what: "the same, everywhere", held: [everywhere], given: everywhere, beyond: undefined },
    { what: "less of what is held everywhere", held: [everywhere], given: rack8, beyond: undefined },
    { what: "a scope that is not held", held: [everywhere], given: rack7, beyond: "machines:deploy" },
    { what: "a wider reach", held: [rack8], given: machinesRead(null), beyond: "machines:read" },
    { what: "another reach", held: [rack8], given: machinesRead({ rack: "9" }), beyond: "machines:read" },
    {
      what: "a narrower reach",
      held: [rack8],
      given: machinesRead({ rack: "8", row: "1" }),
      beyond: undefined,
    },
    {
      what: "any value for one",
      held: [rack8],
      given: machinesRead({ rack: null }),
      beyond: "machines:read",
    },
    {
      what: "one value for any",
      held: [rack7],
      given: machinesRead({ rack: "7", spare: "yes" }),
      beyond: undefined,
    },
    { what: "something for nothing", held: [], given: rack8, beyond: "machines:read" },
  ])("is told: $what", ({ held, given, beyond }) => {
    expect(scopeBeyond(rightsOf(held), [given])).toBe(beyond);
  });

  test("nothing goes beyond nothing", () => {
    expect(scopeBeyond(noRights, [])).toBeUndefined();
  });
});

describe("the built-in roles", () => {
  const scopesOf = (role: string) => rightsOf(builtInRoles.get(role)?.rules ?? []).scopes;

  test("give what the guide says", () => {
    expect(scopesOf("viewer")).toEqual([
      "machines:read",
      "leases:read",
      "network:read",
      "environments:read",
      "runs:read",
      "events:read",
      "service:read",
    ]);
    const aboutAccess: readonly Scope[] = ["log:read", "access:read", "access:manage"];
    expect(scopesOf("operator")).toEqual(scopes.filter((scope) => !aboutAccess.includes(scope)));
    expect(scopesOf("auditor")).toEqual(scopes.filter((scope) => scope.endsWith(":read")));
    expect(scopesOf("admin")).toEqual(scopes);
  });
});

test("what a label selector can limit is about machines and what belongs to them", () => {
  expect(scopes.filter(isMachineScope)).toEqual([
    "machines:read",
    "machines:edit",
    "machines:approve",
    "machines:deploy",
    "machines:retire",
    "leases:read",
    "runs:read",
    "events:read",
  ]);
});
