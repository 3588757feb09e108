import { describe, expect, test } from "vitest";
import { startApi } from "./support/api.ts";
import { addCaller, type TestCaller } from "./support/callers.ts";
import { mutate } from "./support/mutate.ts";
import { connect, subscribe } from "./support/socket.ts";

describe("a feed of somebody who loses the right to it", () => {
  test.each([
    [
      "the role",
      "revokeAccessRole",
      (caller: TestCaller) => ({ principalId: caller.principalId, role: "viewer" }),
    ],
    ["the token", "revokeToken", (caller: TestCaller) => ({ tokenId: caller.tokenId })],
    ["the account", "disablePrincipal", (caller: TestCaller) => ({ principalId: caller.principalId })],
  ])("by losing %s ends within five seconds", async (_what, mutation, inputOf) => {
    const api = await startApi();
    const caller = await addCaller(api, "ada", { role: "viewer" });
    const socket = await connect({ url: api.url, token: caller.token });
    subscribe(socket, "1");
    await socket.message(({ type }) => type === "next");
    const lost = await mutate(api, { name: mutation, input: inputOf(caller) });
    expect(lost.userErrors).toEqual([]);
    const lostAt = performance.now();
    expect(await socket.closed).toBe(4403);
    expect(performance.now() - lostAt).toBeLessThan(5_000);
  });
});
