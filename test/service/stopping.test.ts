import { describe, expect, test } from "vitest";
import { type Part, part, stopParts } from "../../src/service/stopping.ts";

/** A part that notes when it is stopped. */
function noting(name: string, stopped: string[], cutOff: readonly string[] = []): Part {
  return {
    name,
    async stop() {
      stopped.push(name);
      return cutOff;
    },
  };
}

describe("stopping the parts of a service", () => {
  test("begins with the last one, and waits for each", async () => {
    const stopped: string[] = [];
    expect(await stopParts([noting("log", stopped), noting("api", stopped)], 10_000)).toEqual([]);
    expect(stopped).toEqual(["api", "log"]);
  });

  test("tells what was cut off", async () => {
    const parts = [part("log", async () => "ignored"), noting("api", [], ["2 requests"])];
    expect(await stopParts(parts, 10_000)).toEqual(["2 requests"]);
  });

  test("gives a part what is left of the time, less what closing files takes", async () => {
    let given = 0;
    const asked: Part = {
      name: "api",
      async stop(graceMs) {
        given = graceMs;
        return [];
      },
    };
    await stopParts([asked], 5_000);
    expect(given).toBeGreaterThan(3_000);
    expect(given).toBeLessThanOrEqual(3_500);
  });

  test("ends when the time is up, and tells everything that was not done", async () => {
    const stuck = part("api", () => new Promise(() => undefined));
    const stopped: string[] = [];
    expect(await stopParts([noting("log", stopped), stuck], 20)).toEqual(["api", "log"]);
    expect(stopped).toEqual([]);
  });

  test("fails as the part does that cannot be stopped", async () => {
    const bad = part("api", () => Promise.reject(new Error("half closed")));
    await expect(stopParts([bad], 10_000)).rejects.toThrow("half closed");
  });
});
