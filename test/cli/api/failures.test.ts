import { describe, expect, test } from "vitest";
import { failureOf, refusalOf } from "../../../src/cli/api/failures.ts";

function refused(code: string, message: string, remedy: string | null = null) {
  return refusalOf([{ code, message, field: null, remedy }], "c-1");
}

describe("a refusal", () => {
  test("tells what to do in commands, not in mutations", () => {
    expect(refused("MACHINE_LOCKED", "the machine is locked", "unlockMachine").remedy).toBe(
      "ironledger machines unlock",
    );
    expect(refused("ACCESS_ROLE_UNKNOWN", "there is no role x: look up accessRoles").message).toBe(
      "there is no role x: look up ironledger roles list",
    );
    expect(refused("CONFIRM_COUNT_MISMATCH", "30 machines match, and confirmCount is missing").message).toBe(
      "30 machines match, and --confirm-count is missing",
    );
  });

  test("leaves words alone that are nothing of the API's", () => {
    const message = "constructor, toString and params.retryCount stay";
    expect(refused("INPUT_INVALID", message).message).toBe(message);
  });
});

describe("an error", () => {
  test("about a variable names what was said, and no variable", () => {
    const message =
      'Variable "$input" got invalid value "aa" at "input.image.sha256"; Expected type "Sha256". expected 64 characters';
    const { message: told, reason } = failureOf([{ message, extensions: { code: "INPUT_INVALID" } }]);
    expect({ told, reason }).toEqual({ told: 'image.sha256 "aa": expected 64 characters', reason: "usage" });
  });

  test("about the token says which one was sent", () => {
    const errors = [{ message: "no", extensions: { code: "UNAUTHENTICATED" } }];
    const server = new URL("http://127.0.0.1:8090");
    const sent = failureOf(errors, { server, token: "t", tokenSource: "ci-token" });
    expect(sent.remedy).toMatch(/^ci-token was sent: /);
    expect(failureOf(errors, { server, token: undefined }).remedy).toMatch(/^no token was sent: /);
  });
});
