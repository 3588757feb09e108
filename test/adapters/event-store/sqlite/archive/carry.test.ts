import { expect, test } from "vitest";
import { isKeptWhole } from "../../../../../src/adapters/event-store/sqlite/archive/carry.ts";

/** Streams, the type of their newest event, and whether all of their events stay in the log's file. */
const streams: readonly [string, string, boolean][] = [
  ["address-10.0.0.1", "LeaseGranted", false],
  ["boot-525400000001", "PxeRequested", false],
  ["login-192.0.2.1", "LoginRefused", false],
  ["checkpoint-5ca1ab1e.0001", "CheckpointSigned", false],
  // A machine or a bulk change that may still go on is folded from its first event.
  ["machine-1", "MachineApproved", true],
  ["machine-1", "MachineRetired", false],
  ["bulk-1", "BulkRequested", true],
  ["bulk-1", "BulkCompleted", false],
  ["mac-525400000001", "MacReleased", true],
  ["network", "SubnetDefined", true],
  ["system", "SegmentArchived", true],
  // A boot reads all of an environment's stream.
  ["bootenv-debian", "BootEnvironmentPublished", true],
  ["kind-of-a-later-release", "Whatever", true],
];

test.each(streams)("of %s after %s all events stay in the log's file: %s", (name, type, isKept) => {
  expect(isKeptWhole({ name, type })).toBe(isKept);
});
