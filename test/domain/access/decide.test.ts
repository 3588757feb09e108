import { describe, expect, test } from "vitest";
import { accessKind } from "../../../src/domain/access/decide.ts";
import { given } from "../../support/given.ts";
import { digest, samples } from "../../support/samples.ts";

const { decider } = accessKind;
const { PrincipalAdded, AccessTokenIssued, AccessTokenRevoked } = samples;
const { tokenId } = AccessTokenIssued.data;

describe("adding a principal", () => {
  const add = { type: "AddPrincipal", name: "Ada", kind: "person" } as const;

  test("is recorded once", () => {
    given(decider).when(add).thenAppends(PrincipalAdded);
    given(decider, [PrincipalAdded]).when(add).thenNothing();
  });

  test.each([
    ["name", { name: "Grace" }],
    ["kind", { kind: "service" as const }],
  ])("is refused when the id belongs to one of another %s", (_what, change) => {
    given(decider, [PrincipalAdded])
      .when({ ...add, ...change })
      .thenRejects("PRINCIPAL_EXISTS");
  });
});

describe("issuing a token", () => {
  const issue = { type: "IssueToken", ...AccessTokenIssued.data } as const;

  test("records its digest, once", () => {
    given(decider, [PrincipalAdded]).when(issue).thenAppends(AccessTokenIssued);
    given(decider, [PrincipalAdded, AccessTokenIssued]).when(issue).thenNothing();
  });

  test("is refused for a principal that nobody added", () => {
    given(decider).when(issue).thenRejects("PRINCIPAL_UNKNOWN");
  });

  test.each([
    ["secret", { sha256: digest(99) }],
    ["end", { expiresAtMs: 1 }],
  ])("is refused when its id has another %s already", (_what, change) => {
    given(decider, [PrincipalAdded, AccessTokenIssued])
      .when({ ...issue, ...change })
      .thenRejects("TOKEN_EXISTS");
  });
});

describe("revoking a token", () => {
  const revoke = { type: "RevokeToken", tokenId } as const;

  test("is recorded once", () => {
    given(decider, [PrincipalAdded, AccessTokenIssued]).when(revoke).thenAppends(AccessTokenRevoked);
    given(decider, [PrincipalAdded, AccessTokenIssued, AccessTokenRevoked]).when(revoke).thenNothing();
  });

  test("is refused when the principal has no such token", () => {
    given(decider, [PrincipalAdded]).when(revoke).thenRejects("TOKEN_UNKNOWN");
  });
});

test("a token that begins a stream shows that the log is damaged", () => {
  expect(() => decider.evolve(decider.initial, AccessTokenIssued)).toThrow("verify the log");
});

test("the end of a token that was never issued changes nothing", () => {
  const principal = decider.evolve(decider.initial, PrincipalAdded);
  expect(decider.evolve(principal, AccessTokenRevoked)).toEqual(principal);
});
