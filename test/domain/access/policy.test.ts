import { describe, expect, test } from "vitest";
import type { AccessCommand } from "../../../src/domain/access/commands.ts";
import { accessKind } from "../../../src/domain/access/decide.ts";
import {
  type Directory,
  rightsOfPrincipal,
  roleNamed,
  selectingLabels,
} from "../../../src/domain/access/directory.ts";
import { type AccessChange, policyRefusal } from "../../../src/domain/access/policy.ts";
import { type Rights, rightsOf } from "../../../src/domain/access/rights.ts";
import type { PresentPrincipal } from "../../../src/domain/access/state.ts";
import { AccessRoleName } from "../../../src/domain/values/slug.ts";
import { digest, nowMs, samples } from "../../support/samples.ts";

const { PrincipalAdded, AccessTokenIssued, PrincipalDisabled, AccessRoleDefined } = samples;
const [admin, viewer, operator, rack7, gone, managers] = [
  "admin",
  "viewer",
  "operator",
  "rack-7",
  "gone",
  "managers",
].map((name) => AccessRoleName.parse(name)) as [AccessRoleName, ...AccessRoleName[]] &
  readonly AccessRoleName[];

function principal(name: string, ...roles: readonly (AccessRoleName | undefined)[]): PresentPrincipal {
  const { evolve, initial } = accessKind.decider;
  const added = evolve(initial, { ...PrincipalAdded, data: { name, kind: "person" } });
  const events = roles.map((role) => ({ type: "AccessRoleGranted", data: { role: role ?? admin } }) as const);
  const state = events.reduce(evolve, added);
  if (state.status === "absent") throw new Error("it was just added");
  return state;
}

const disabled = (of: PresentPrincipal): PresentPrincipal => ({ ...of, disabled: true });

function directory(principals: Readonly<Record<string, PresentPrincipal>>): Directory {
  return {
    principals: new Map(Object.entries(principals)),
    roles: new Map([
      ["rack-7", { status: "defined", ...AccessRoleDefined.data }],
      [
        "managers",
        { status: "defined", description: "", rules: [{ scopes: ["access:manage"], machines: null }] },
      ],
      ["gone", { status: "withdrawn" }],
    ] as const),
  };
}

const two = directory({ ada: principal("Ada", admin), bo: principal("Bo", viewer) });
const adminRights = rightsOfPrincipal(two, principal("Ada", admin));
const managerRights = rightsOf([{ scopes: ["access:manage", "access:read"], machines: null }]);
const issue: AccessCommand = { type: "IssueToken", ...AccessTokenIssued.data, nowMs };

function codeOf(known: Directory, change: AccessChange, asking: Rights | "system" = adminRights) {
  return policyRefusal(known, change, asking)?.rejection.code;
}
const of = (principalId: string, command: AccessCommand): AccessChange => ({ principalId, command });
const grant = (principalId: string, role: AccessRoleName | undefined) =>
  of(principalId, { type: "GrantAccessRole", role: role ?? admin });
const revoke = (principalId: string, role = admin) => of(principalId, { type: "RevokeAccessRole", role });
const define = (role: string, rules = AccessRoleDefined.data.rules): AccessChange => ({
  role,
  command: { type: "DefineAccessRole", description: "", rules },
});

describe("a principal's name", () => {
  const add = (name: string): AccessCommand => ({ type: "AddPrincipal", name, kind: "person" });

  test("is nobody else's", () => {
    expect(codeOf(two, of("new", add("Ada")))).toBe("PRINCIPAL_NAME_TAKEN");
    expect(codeOf(two, of("ada", add("Ada")))).toBeUndefined();
    // Another case, and letters of full width.
    for (const name of ["ADA", "\uff21da"])
      expect(codeOf(two, of("new", add(name)))).toBe("PRINCIPAL_NAME_TAKEN");
    expect(codeOf(two, of("new", add("Cy")))).toBeUndefined();
  });
});

describe("a role", () => {
  test("is granted when there is one of this name", () => {
    expect(codeOf(two, grant("bo", rack7))).toBeUndefined();
    expect(codeOf(two, grant("bo", AccessRoleName.parse("nonesuch")))).toBe("ACCESS_ROLE_UNKNOWN");
    expect(codeOf(two, grant("bo", gone))).toBe("ACCESS_ROLE_UNKNOWN");
    const roles = [AccessRoleName.parse("nonesuch")];
    expect(codeOf(two, of("bo", { type: "SetAccessRoles", roles }))).toBe("ACCESS_ROLE_UNKNOWN");
  });

  test("that every release has is changed by nobody", () => {
    expect(codeOf(two, define("viewer"))).toBe("ACCESS_ROLE_BUILT_IN");
    expect(codeOf(two, { role: "admin", command: { type: "WithdrawAccessRole" } })).toBe(
      "ACCESS_ROLE_BUILT_IN",
    );
  });

  test("that was withdrawn gives nothing", () => {
    expect(roleNamed(two, "gone")).toBeUndefined();
    expect(rightsOfPrincipal(two, principal("Cy", gone)).scopes).toEqual([]);
  });
});

describe("nobody gives more than they have", () => {
  test.each<[string, AccessChange]>([
    ["by a role that is granted", grant("bo", operator)],
    ["by roles that are set", of("bo", { type: "SetAccessRoles", roles: [admin] })],
    ["by a role that is defined", define("new")],
    ["by a token of somebody who has more", of("ada", issue)],
    ["by enabling somebody who has more", of("ada", { type: "EnablePrincipal" })],
  ])("%s", (_how, change) => {
    expect(codeOf(two, change, managerRights)).toBe("ESCALATION_REFUSED");
    expect(codeOf(two, change, adminRights)).toBeUndefined();
    expect(codeOf(two, change, "system")).toBeUndefined();
  });

  test("but everything that they have", () => {
    expect(codeOf(two, grant("bo", managers), managerRights)).toBeUndefined();
    expect(codeOf(two, of("nobody", issue), managerRights)).toBeUndefined();
    expect(
      codeOf(two, { role: "new", command: { type: "WithdrawAccessRole" } }, managerRights),
    ).toBeUndefined();
  });
});

describe("the last one who may manage access, or do everything", () => {
  const one = directory({ ada: principal("Ada", admin), bo: disabled(principal("Bo", admin)) });
  const byRole = directory({ ada: principal("Ada", managers) });
  const beside = directory({ ada: principal("Ada", admin), bo: principal("Bo", managers) });

  test.each<[string, Directory, AccessChange]>([
    ["does not lose the role", one, revoke("ada")],
    ["is not given other roles only", one, of("ada", { type: "SetAccessRoles", roles: [] })],
    ["is not disabled", one, of("ada", { type: "DisablePrincipal" })],
    ["is not disabled by somebody who could give less", beside, of("ada", { type: "DisablePrincipal" })],
    ["does not lose the scope by a role that changes", byRole, define("managers")],
    [
      "does not lose the scope by a role that goes",
      byRole,
      { role: "managers", command: { type: "WithdrawAccessRole" } },
    ],
  ])("%s", (_what, known, change) => {
    expect(codeOf(known, change, "system")).toBe("LAST_ADMIN");
  });

  test("may lose it to somebody else", () => {
    const both = directory({ ada: principal("Ada", admin), bo: principal("Bo", admin) });
    expect(codeOf(both, revoke("ada"))).toBeUndefined();
    expect(codeOf(both, of("ada", { type: "DisablePrincipal" }))).toBeUndefined();
  });

  test("is not looked for where there was none", () => {
    expect(codeOf(directory({ bo: principal("Bo", viewer) }), revoke("bo", viewer))).toBeUndefined();
  });

  test("is not concerned by what is refused for itself", () => {
    expect(codeOf(one, of("nobody", { type: "DisablePrincipal" }))).toBeUndefined();
    expect(codeOf(one, { role: "new", command: { type: "WithdrawAccessRole" } })).toBeUndefined();
    expect(codeOf(one, of("nobody", { ...issue, sha256: digest(4) }))).toBeUndefined();
  });
});

describe("a disabled principal", () => {
  test("may do nothing, whatever its roles", () => {
    const known = accessKind.decider.evolve(principal("Ada", admin), PrincipalDisabled);
    if (known.status === "absent") throw new Error("it is there");
    expect(rightsOfPrincipal(two, known).scopes).toEqual([]);
  });
});

test("the labels that some role selects machines by are known", () => {
  expect(selectingLabels(two)).toEqual(new Set(["rack", "spare"]));
});
