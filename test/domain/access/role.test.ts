import { describe, expect, test } from "vitest";
import { AccessRoleCommand } from "../../../src/domain/access/commands.ts";
import { accessRoleKind } from "../../../src/domain/access/role.ts";
import { accessRoleNameOf, accessRoleStream } from "../../../src/domain/access/role-events.ts";
import { given } from "../../support/given.ts";
import { roleName, samples } from "../../support/samples.ts";

const { decider } = accessRoleKind;
const { AccessRoleDefined, AccessRoleWithdrawn } = samples;
const define = AccessRoleCommand.parse({ type: "DefineAccessRole", ...AccessRoleDefined.data });
const withdraw = { type: "WithdrawAccessRole" } as const;

describe("defining a role", () => {
  test("is recorded when it changes something", () => {
    given(decider).when(define).thenAppends(AccessRoleDefined);
    given(decider, [AccessRoleDefined]).when(define).thenNothing();
    const described = { ...AccessRoleDefined.data, description: "other" };
    given(decider, [AccessRoleDefined])
      .when({ type: "DefineAccessRole", ...described })
      .thenAppends({ type: "AccessRoleDefined", data: described });
  });

  test("is refused when a limited rule holds a scope that is not about machines", () => {
    given(decider)
      .when({
        type: "DefineAccessRole",
        description: "",
        rules: [{ scopes: ["machines:read", "network:read"], machines: { rack: "7" } }],
      })
      .thenRejects("ACCESS_RULE_INVALID", "network:read");
  });

  test("takes any scope in a rule that is not limited", () => {
    const rules = [{ scopes: ["network:read" as const], machines: null }];
    given(decider)
      .when({ type: "DefineAccessRole", description: "", rules })
      .thenAppends({ type: "AccessRoleDefined", data: { description: "", rules } });
  });

  test.each([
    ["no rule", []],
    ["a rule without scopes", [{ scopes: [], machines: null }]],
    ["a scope that nobody knows", [{ scopes: ["machines:explode"], machines: null }]],
    ["a selector without labels", [{ scopes: ["machines:read"], machines: {} }]],
    ["a label that can be none", [{ scopes: ["machines:read"], machines: { "Rack 7": "a" } }]],
    [
      "more than 16 labels",
      [
        {
          scopes: ["machines:read"],
          machines: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`l${index}`, null])),
        },
      ],
    ],
  ])("takes no definition with %s", (_what, rules) => {
    expect(AccessRoleCommand.safeParse({ ...define, rules }).success).toBe(false);
  });
});

describe("withdrawing a role", () => {
  test("is recorded once, and for ever", () => {
    given(decider, [AccessRoleDefined]).when(withdraw).thenAppends(AccessRoleWithdrawn);
    given(decider, [AccessRoleDefined, AccessRoleWithdrawn]).when(withdraw).thenNothing();
    given(decider, [AccessRoleDefined, AccessRoleWithdrawn])
      .when(define)
      .thenRejects("ACCESS_ROLE_WITHDRAWN");
  });

  test("is refused when nobody defined it", () => {
    given(decider).when(withdraw).thenRejects("ACCESS_ROLE_UNKNOWN");
  });
});

test("a role's stream names the role", () => {
  expect(accessRoleNameOf(accessRoleStream(roleName))).toBe(roleName);
});
