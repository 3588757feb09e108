import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { openProof } from "../../../src/proof/check-proof.ts";
import { parseVerifierKey } from "../../../src/proof/note-keys.ts";
import { parseTlogProof, tlogProofText } from "../../../src/proof/tlog-proof.ts";
import { verifyConsistency, verifyInclusion } from "../../../src/proof/verify-proof.ts";
import { temporaryDirectory } from "../../projections/view-files.ts";
import { allEvents } from "../../support/history.ts";
import { meta } from "../../support/recording.ts";
import { emptyLog, grow, openOn } from "./checkpoints.support.ts";

const run = promisify(execFile);
const verifier = resolve(import.meta.dirname, "../../../src/verifier/main.ts");

/** A log with checkpoints of these sizes, each more than the one before by two at least. */
async function signedLog(...sizes: readonly number[]) {
  const store = emptyLog();
  const opened = await openOn(store);
  let length = 0;
  for (const size of sizes) {
    await grow(store, size - length);
    await opened.seen();
    expect(await opened.sign(meta)).toMatchObject({ outcome: "signed", checkpoint: { size } });
    // The event that records it.
    length = size + 1;
  }
  const key = parseVerifierKey(opened.status().verifierKey ?? "");
  return { ...opened, store, key, events: await allEvents(store) };
}

describe("proving that an event is in the log", () => {
  test("convinces whoever has the key, for every event and the first checkpoint that covers it", async () => {
    const sizes = [3, 255, 300, 513, 771];
    const { events, proveInclusion, key } = await signedLog(...sizes);
    for (const [ordinal, event] of events.entries()) {
      const proof = await proveInclusion({ event, ordinal });
      const size = sizes.find((each) => each > ordinal);
      if (size === undefined) {
        expect(proof).toBeUndefined();
        continue;
      }
      if (!proof) return expect.fail(`no proof of event ${ordinal}`);
      expect(proof).toMatchObject({ index: ordinal, checkpoint: { size } });
      const { checkpoint, hashes } = proof;
      expect(verifyInclusion({ ...checkpoint, index: ordinal, data: event.hash, proof: hashes })).toBe(true);
      expect(openProof(proof.text, [key])).toMatchObject({ index: ordinal, event: { id: event.id } });
    }
  });

  test("can be asked for against a later checkpoint", async () => {
    const { events, proveInclusion } = await signedLog(4, 300);
    const [event] = events;
    if (!event) return expect.fail("the log is empty");
    expect(await proveInclusion({ event, ordinal: 0 }, 300)).toMatchObject({ checkpoint: { size: 300 } });
    expect(await proveInclusion({ event, ordinal: 0 }, 299)).toBeUndefined();
    expect(await proveInclusion({ event, ordinal: 4 }, 4)).toBeUndefined();
  });

  test("convinces nobody when anything of it is another", async () => {
    const { events, proveInclusion, key } = await signedLog(9);
    const event = events[5];
    const proof = event && (await proveInclusion({ event, ordinal: 5 }));
    if (!proof) return expect.fail("no proof");
    const parts = parseTlogProof(proof.text);
    const forged = [
      { ...parts, index: 4 },
      { ...parts, hashes: parts.hashes.slice(1) },
      { ...parts, hashes: [...parts.hashes].reverse() },
      { ...parts, extra: parts.extra.replace("ledger-1", "ledger-2") },
      { ...parts, extra: parts.extra.replace(/"previousHash":"[0-9a-f]{64}",/, "") },
      { ...parts, extra: "{}" },
      { ...parts, checkpoint: parts.checkpoint.replace("\n9\n", "\n8\n") },
    ];
    for (const each of forged) expect(() => openProof(tlogProofText(each), [key])).toThrow();
    for (let at = 0; at < proof.text.length; at += 7) {
      const changed =
        proof.text.slice(0, at) + (proof.text[at] === "A" ? "B" : "A") + proof.text.slice(at + 1);
      expect(() => openProof(changed, [key])).toThrow();
    }
    expect(() => openProof("", [key])).toThrow("no proof");
  });

  test("is verified by the standalone verifier, with the proof and the key alone", async () => {
    const { events, proveInclusion, status } = await signedLog(9);
    const event = events[2];
    const proof = event && (await proveInclusion({ event, ordinal: 2 }));
    const folder = temporaryDirectory();
    writeFileSync(join(folder, "log.pub"), `${status().verifierKey}\n`);
    writeFileSync(join(folder, "event.tlog-proof"), proof?.text ?? "");
    const words = [verifier, "--proof", "event.tlog-proof", "--key", "log.pub"];
    const { stdout } = await run(process.execPath, words, { cwd: folder });
    expect(stdout).toContain(`event ${event?.id} is number 3 of the log`);
    writeFileSync(join(folder, "event.tlog-proof"), proof?.text.replace("index 2", "index 3") ?? "");
    await expect(run(process.execPath, words, { cwd: folder })).rejects.toMatchObject({ code: 1 });
  });
});

describe("proving that one log continues another", () => {
  test("convinces whoever holds an earlier checkpoint", async () => {
    const { newestCheckpoints, proveConsistency } = await signedLog(1, 7, 256, 300, 515);
    const all = newestCheckpoints(100);
    for (const first of all) {
      for (const second of all.filter(({ size }) => size >= first.size)) {
        const proof = await proveConsistency(first.size, second.size);
        expect(verifyConsistency({ first, second, proof: proof?.hashes ?? ["none"] })).toBe(true);
        expect(proof?.text.startsWith(`old ${first.size}\n`)).toBe(true);
        expect(proof?.text.endsWith(`\n\n${second.note}`)).toBe(true);
      }
    }
    expect(await proveConsistency(3)).toMatchObject({ checkpoint: { size: 515 } });
    expect(await proveConsistency(516)).toBeUndefined();
    expect(await proveConsistency(3, 8)).toBeUndefined();
  });
});
