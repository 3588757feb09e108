import { describe, expect, test } from "vitest";
import { runPiped } from "../../agent/build/command.ts";
import { AgentBuildError } from "../../agent/build/error.ts";

describe("running one tool into another", () => {
  test("ends when both have done their work, and loses nothing on the way", async () => {
    const counts = ["sh", "-c", 'test "$(wc -c)" -eq 10000000'];
    await expect(runPiped(["head", "-c", "10000000", "/dev/zero"], counts)).resolves.toBeUndefined();
  });

  test("fails when the first one fails, though the second one does not", async () => {
    await expect(runPiped(["false"], ["cat"])).rejects.toThrow(
      new AgentBuildError("false failed with code 1"),
    );
  });

  // Without a reader, more than a pipe holds would never be written.
  test("fails when the second one ends before it has read everything", async () => {
    await expect(runPiped(["head", "-c", "10000000", "/dev/zero"], ["false"])).rejects.toThrow(
      AgentBuildError,
    );
  });

  test("fails when the second one is not there", async () => {
    const missing = runPiped(["head", "-c", "10000000", "/dev/zero"], ["ironledger-no-such-tool"]);
    await expect(missing).rejects.toThrow(AgentBuildError);
  });
});
