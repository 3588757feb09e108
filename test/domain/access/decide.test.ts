import { describe, expect, test } from "vitest";
import { AccessCommand } from "../../../src/domain/access/commands.ts";
import {
  accessKind,
  liveTokensMax,
  tokenLifeMaxMs,
  tokenUseEveryMs,
} from "../../../src/domain/access/decide.ts";
import { type AccessEvent, accessCodec } from "../../../src/domain/access/events.ts";
import { AccessRoleName } from "../../../src/domain/values/slug.ts";
import { given } from "../../support/given.ts";
import { digest, nowMs, roleName, samples } from "../../support/samples.ts";

const { decider } = accessKind;
const {
  PrincipalAdded,
  PrincipalLinked,
  PrincipalDisabled,
  PrincipalEnabled,
  AccessTokenIssued,
  AccessTokenUsed,
  AccessTokenRevoked,
  AccessRoleGranted,
  AccessRoleRevoked,
} = samples;
const { tokenId } = AccessTokenIssued.data;
const serviceAdded = { ...PrincipalAdded, data: { name: "robot", kind: "service" } } as const;

describe("adding a principal", () => {
  const add = { type: "AddPrincipal", name: "Ada", kind: "person" } as const;

  test("is recorded once", () => {
    given(decider).when(add).thenAppends(PrincipalAdded);
    given(decider, [PrincipalAdded]).when(add).thenNothing();
  });

  test("records with it who it is to an identity provider", () => {
    given(decider)
      .when({ ...add, identity: PrincipalLinked.data })
      .thenAppends(PrincipalAdded, PrincipalLinked);
    expect([PrincipalAdded, PrincipalLinked].reduce(decider.evolve, decider.initial)).toMatchObject({
      identity: PrincipalLinked.data,
    });
  });

  test.each([
    ["name", { name: "Grace" }],
    ["kind", { kind: "service" as const }],
  ])("is refused when the id belongs to one of another %s", (_what, change) => {
    given(decider, [PrincipalAdded])
      .when({ ...add, ...change })
      .thenRejects("PRINCIPAL_EXISTS");
  });

  test.each([
    "",
    " Ada",
    "Ada ",
    "Ada\n",
    "A\u202eda",
    "A\u0000da",
    "A".repeat(129),
  ])("takes no name '%s'", (name) => {
    expect(AccessCommand.safeParse({ ...add, name }).success).toBe(false);
  });
});

describe("disabling a principal", () => {
  test("is recorded once, and so is enabling it again", () => {
    given(decider, [PrincipalAdded]).when({ type: "DisablePrincipal" }).thenAppends(PrincipalDisabled);
    given(decider, [PrincipalAdded, PrincipalDisabled]).when({ type: "DisablePrincipal" }).thenNothing();
    given(decider, [PrincipalAdded, PrincipalDisabled])
      .when({ type: "EnablePrincipal" })
      .thenAppends(PrincipalEnabled);
    given(decider, [PrincipalAdded, PrincipalDisabled, PrincipalEnabled])
      .when({ type: "EnablePrincipal" })
      .thenNothing();
  });
});

const issue = { type: "IssueToken", ...AccessTokenIssued.data, nowMs } as const;

describe("issuing a token", () => {
  test("records its digest, once", () => {
    given(decider, [PrincipalAdded]).when(issue).thenAppends(AccessTokenIssued);
    given(decider, [PrincipalAdded, AccessTokenIssued]).when(issue).thenNothing();
  });

  test("is refused for a principal that nobody added, or that is disabled", () => {
    given(decider).when(issue).thenRejects("PRINCIPAL_UNKNOWN");
    given(decider, [PrincipalAdded, PrincipalDisabled]).when(issue).thenRejects("PRINCIPAL_DISABLED", "Ada");
  });

  test.each([
    ["secret", { sha256: digest(99) }],
    ["end", { expiresAtMs: 1 }],
  ])("is refused when its id has another %s already", (_what, change) => {
    given(decider, [PrincipalAdded, AccessTokenIssued])
      .when({ ...issue, ...change })
      .thenRejects("TOKEN_EXISTS");
  });

  test.each([
    ["ends now", nowMs],
    ["ends in more than 366 days", nowMs + tokenLifeMaxMs + 1],
    ["never ends", null],
  ])("is refused for a person when the token %s", (_what, expiresAtMs) => {
    given(decider, [PrincipalAdded])
      .when({ ...issue, expiresAtMs })
      .thenRejects("TOKEN_EXPIRY_INVALID");
  });

  test("may be for 366 days, and of a service for ever", () => {
    const longest = { expiresAtMs: nowMs + tokenLifeMaxMs };
    given(decider, [PrincipalAdded])
      .when({ ...issue, ...longest })
      .thenAppends({ ...AccessTokenIssued, data: { ...AccessTokenIssued.data, ...longest } });
    given(decider, [serviceAdded])
      .when({ ...issue, expiresAtMs: null })
      .thenAppends({ ...AccessTokenIssued, data: { ...AccessTokenIssued.data, expiresAtMs: null } });
  });

  test("of a log from before tokens had names is read as one without", () => {
    const { name: _, ...data } = AccessTokenIssued.data;
    expect(accessCodec.read({ type: "AccessTokenIssued", schema: 1, data }).data).toEqual({
      ...data,
      name: null,
    });
  });
});

describe("the number of tokens that count", () => {
  /** Principal Ada with so many tokens, oldest first. */
  function withTokens(count: number, change: { expiresAtMs?: number } = {}): readonly AccessEvent[] {
    const tokens = Array.from({ length: count }, (_, number): AccessEvent => {
      const data = { ...AccessTokenIssued.data, tokenId: idOf(number), sha256: digest(number), ...change };
      return { type: "AccessTokenIssued", data };
    });
    return [PrincipalAdded, ...tokens];
  }
  const idOf = (number: number) => `01890000-0000-7000-8000-${String(number).padStart(12, "0")}`;
  const revoked = (number: number): AccessEvent => ({
    type: "AccessTokenRevoked",
    data: { tokenId: idOf(number) },
  });

  test("is at most 100, until one is revoked or over", () => {
    given(decider, withTokens(liveTokensMax)).when(issue).thenRejects("TOKENS_TOO_MANY", "revoke one");
    given(decider, withTokens(liveTokensMax - 1))
      .when(issue)
      .thenAppends(AccessTokenIssued);
    given(decider, [...withTokens(liveTokensMax), revoked(7)])
      .when(issue)
      .thenAppends(AccessTokenIssued);
    given(decider, withTokens(liveTokensMax, { expiresAtMs: nowMs }))
      .when(issue)
      .thenAppends(AccessTokenIssued);
  });

  test("is bounded for a name by revoking the oldest of that name, where somebody asks for that", () => {
    const { name } = AccessTokenIssued.data;
    const login = { ...issue, name, mostOfName: 3 } as const;
    given(decider, withTokens(2)).when(login).thenAppends(AccessTokenIssued);
    given(decider, [...withTokens(4), revoked(1)])
      .when(login)
      .thenAppends(revoked(0), AccessTokenIssued);
    given(decider, withTokens(liveTokensMax))
      .when({ ...login, name: "another", mostOfName: 1 })
      .thenRejects("TOKENS_TOO_MANY");
  });
});

describe("using a token", () => {
  const use = { type: "RecordTokenUse", tokenId, nowMs } as const;
  const used = [PrincipalAdded, AccessTokenIssued, AccessTokenUsed];

  test("is recorded at most once in 24 hours", () => {
    given(decider, [PrincipalAdded, AccessTokenIssued]).when(use).thenAppends(AccessTokenUsed);
    given(decider, used)
      .when({ ...use, nowMs: nowMs + tokenUseEveryMs - 1 })
      .thenNothing();
    const usedAtMs = nowMs + tokenUseEveryMs;
    given(decider, used)
      .when({ ...use, nowMs: usedAtMs })
      .thenAppends({ type: "AccessTokenUsed", data: { tokenId, usedAtMs } });
  });

  test("is refused when the principal has no such token", () => {
    given(decider, [PrincipalAdded]).when(use).thenRejects("TOKEN_UNKNOWN", tokenId);
  });
});

describe("revoking a token", () => {
  const revoke = { type: "RevokeToken", tokenId } as const;

  test("is recorded once", () => {
    given(decider, [PrincipalAdded, AccessTokenIssued]).when(revoke).thenAppends(AccessTokenRevoked);
    given(decider, [PrincipalAdded, AccessTokenIssued, AccessTokenRevoked]).when(revoke).thenNothing();
  });

  test("is refused when the principal has no such token", () => {
    given(decider, [PrincipalAdded]).when(revoke).thenRejects("TOKEN_UNKNOWN", tokenId);
  });
});

describe("a principal's roles", () => {
  const other = AccessRoleName.parse("viewer");
  const held = [PrincipalAdded, AccessRoleGranted];

  test("are granted and revoked, each once", () => {
    const grant = { type: "GrantAccessRole", role: roleName } as const;
    const revoke = { type: "RevokeAccessRole", role: roleName } as const;
    given(decider, [PrincipalAdded]).when(grant).thenAppends(AccessRoleGranted);
    given(decider, held).when(grant).thenNothing();
    given(decider, held).when(revoke).thenAppends(AccessRoleRevoked);
    given(decider, [...held, AccessRoleRevoked])
      .when(revoke)
      .thenNothing();
  });

  test("are set to exactly those wanted, in one step", () => {
    given(decider, held)
      .when({ type: "SetAccessRoles", roles: [other, other] })
      .thenAppends({ type: "AccessRoleGranted", data: { role: other } }, AccessRoleRevoked);
    given(decider, held)
      .when({ type: "SetAccessRoles", roles: [roleName] })
      .thenNothing();
  });

  test("are remembered to have been there when they are gone", () => {
    const principal = [...held, AccessRoleRevoked].reduce(decider.evolve, decider.initial);
    expect(principal).toMatchObject({ roles: new Set(), hadRoles: true });
  });
});

describe("the events of a principal", () => {
  test("cannot come before it was added", () => {
    expect(() => decider.evolve(decider.initial, AccessTokenRevoked)).toThrow("verify the log");
  });

  test("change nothing about a token that was never issued", () => {
    const principal = decider.evolve(decider.initial, PrincipalAdded);
    const after = decider.evolve(principal, AccessTokenRevoked);
    expect(after.status === "present" && [...after.tokens]).toEqual([]);
  });
});
