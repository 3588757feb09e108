import { describe, expect, test } from "vitest";
import { createClient } from "../../../../src/adapters/event-store/eventstoredb/client.ts";
import { readConnectionString } from "../../../../src/adapters/event-store/eventstoredb/connection-string.ts";

describe("a connection string", () => {
  test("names the user of every append", () => {
    const { credentials } = readConnectionString("esdb://ledger:p%40ss@node-1:2113,node-2:2113");
    expect(credentials).toEqual({ username: "ledger", password: "p@ss" });
  });

  test("needs no user without TLS, where the client sends none", () => {
    expect(readConnectionString("esdb://127.0.0.1:2113?tls=false").credentials.username).toBe("nobody");
    expect(() => readConnectionString("esdb://127.0.0.1:2113")).toThrow("names no user");
  });

  test("keeps its own settings, but for the one that makes conflicts unreadable", () => {
    const { url } = readConnectionString("esdb://h:1?tls=false&gossipTimeout=9&throwOnAppendFailure=false");
    expect(url).toBe(
      "esdb://h:1?tls=false&gossipTimeout=9&throwOnAppendFailure=false&maxDiscoverAttempts=1&throwOnAppendFailure=true",
    );
    expect(() => createClient(url)).not.toThrow();
  });

  test.each(["", "http://127.0.0.1:2113", "esdb://"])("is refused when it is %j", (text) => {
    expect(() => readConnectionString(text)).toThrow("does not start with esdb://");
  });

  test("is not repeated in a message, for it holds a password", () => {
    const { url } = readConnectionString("esdb://ledger:secret@node-1:2113?nodePreference=nobody");
    expect(() => createClient(url)).toThrow(/^the engine's connection string is not one$/);
  });
});
