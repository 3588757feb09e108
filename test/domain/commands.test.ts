import { describe, expect, test } from "vitest";
import { AccessCommand, AccessRoleCommand } from "../../src/domain/access/commands.ts";
import { AddressCommand } from "../../src/domain/address/commands.ts";
import { BootEnvironmentCommand } from "../../src/domain/boot-environment/commands.ts";
import { BulkCommand } from "../../src/domain/bulk/commands.ts";
import { CheckpointCommand } from "../../src/domain/checkpoint/commands.ts";
import { ClaimCommand } from "../../src/domain/claim/commands.ts";
import { MachineCommand } from "../../src/domain/machine/commands.ts";
import { DiskImage } from "../../src/domain/machine/deployment.ts";
import { NetworkCommand } from "../../src/domain/network/commands.ts";
import { SystemCommand } from "../../src/domain/system/commands.ts";
import { keyOfMac } from "../../src/domain/values/reservation-key.ts";
import {
  digest,
  environment,
  image,
  mac,
  machineId,
  nowMs,
  run,
  samples,
  subnet,
} from "../support/samples.ts";

const { manifest } = samples.BootEnvironmentPublished.data;

describe.each([
  [AccessCommand, { type: "AddPrincipal", name: "Ada", kind: "person" }],
  [AccessRoleCommand, { type: "WithdrawAccessRole" }],
  [AddressCommand, { type: "ReserveAddress", subnet: subnet.name, key: keyOfMac(mac), nowMs }],
  [BootEnvironmentCommand, { type: "PublishBootEnvironment", digest: digest(1), manifest }],
  [BulkCommand, { type: "CompleteBulk", ...samples.BulkCompleted.data }],
  [CheckpointCommand, { type: "RecordCheckpoint", ...samples.CheckpointSigned.data, continues: null }],
  [ClaimCommand, { type: "Claim", machineId }],
  [MachineCommand, { type: "DeployMachine", run, environment, image }],
  [NetworkCommand, { type: "DefineSubnet", subnet }],
  [SystemCommand, { type: "StartEffectsEpoch" }],
])("the command %#", (schema, command) => {
  test("is read as it is", () => {
    expect(schema.parse(command)).toEqual(command);
  });

  test("is refused with a field that nobody declared", () => {
    expect(schema.safeParse({ ...command, force: true }).success).toBe(false);
  });

  test("is refused under a type that nobody declared", () => {
    expect(schema.safeParse({ ...command, type: "Explode" }).success).toBe(false);
  });
});

describe("a disk image's file", () => {
  test.each(["debian.img", "debian-12.raw", "debian_12.img.gz", "x.img.zst"])("may be called %s", (file) => {
    expect(DiskImage.safeParse({ ...image, file }).success).toBe(true);
  });

  test.each([
    "",
    "../x.img",
    "a/b.img",
    ".img",
    ".hidden.img",
    "x.iso",
    "x.img.xz",
    "x.img\n",
  ])("may not be called '%s'", (file) => {
    expect(DiskImage.safeParse({ ...image, file }).success).toBe(false);
  });
});
