import { createHash } from "node:crypto";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createCommands } from "../../../src/adapters/graphql/commands.ts";
import { type MachineId, machineStream } from "../../../src/domain/values/machine-id.ts";
import { newId } from "../../../src/ids.ts";
import { projectorOn, temporaryDirectory } from "../../projections/view-files.ts";
import { memoryLog, meta } from "../../support/recording.ts";
import { inventory } from "../../support/samples.ts";
import { type Answer, dropImage, startApi, type TestApi } from "./support/api.ts";
import { inspect, publish } from "./support/machines.ts";
import { mutate } from "./support/mutate.ts";

const sha256 = createHash("sha256").update("image").digest("hex");
const deploy = `mutation ($input: DeployMachineInput!) { deployMachine(input: $input) {
  userErrors { code message field remedy } position correlationId
  machine { state run { runId } }
  run { id runId state environment { name version } image { file format sha256 } disk { name serial bytes } }
} }`;

interface Ready {
  readonly api: TestApi;
  readonly machineId: MachineId;
  deploy(input?: object): Promise<Answer["data"]>;
}

/** A machine that is ready, an image and a boot environment. */
async function ready(): Promise<Ready> {
  const api = await startApi();
  await publish(api.store);
  dropImage(api, "debian.img");
  const machineId = await inspect(api.store);
  const { handleMachine } = createCommands(api.store, newId);
  await handleMachine(machineStream(machineId), { type: "ApproveMachine" }, { meta });
  const usual = { machineId, environment: "image-deploy", image: { file: "debian.img", sha256 } };
  return {
    api,
    machineId,
    async deploy(input = {}) {
      const { data, errors } = await api.ask(deploy, { input: { ...usual, ...input } });
      expect(errors).toEqual([]);
      return data.deployMachine;
    },
  };
}

describe("deploying a machine", () => {
  test("starts a run whose id is the correlation id of all that follows", async () => {
    const { api, machineId, deploy } = await ready();
    const answer = await deploy({ reason: "new system" });
    expect(answer).toMatchObject({
      userErrors: [],
      machine: { state: "ALLOCATED", run: { runId: answer.correlationId } },
      run: {
        runId: answer.correlationId,
        state: "ALLOCATED",
        environment: { name: "image-deploy", version: 1 },
        image: { file: "debian.img", format: "RAW", sha256 },
        disk: { name: "vda", serial: "disk-0001", bytes: 1_073_741_824 },
      },
    });
    const events = (await api.store.readStream(machineStream(machineId))).slice(-2);
    expect(
      events.map(({ type, meta: { $correlationId, reason } }) => ({ type, $correlationId, reason })),
    ).toEqual([
      { type: "MachineAllocated", $correlationId: answer.correlationId, reason: "new system" },
      { type: "BootIntentSet", $correlationId: answer.correlationId, reason: "new system" },
    ]);
  });

  test("answers the same when it is sent again, though the image is gone", async () => {
    const { api, deploy } = await ready();
    dropImage(api, "once.img");
    const input = { image: { file: "once.img", sha256 }, idempotencyKey: "deploy-1" };
    const first = await deploy(input);
    dropImage(api, "once.img", "");
    expect(await deploy(input)).toEqual(first);
    expect(await deploy({ idempotencyKey: "deploy-1" })).toMatchObject({
      run: null,
      userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED" }],
    });
  });
});

describe("refusing to deploy a machine", () => {
  test.each([
    [
      "a boot environment that nobody published",
      { environment: "nothing" },
      "ENVIRONMENT_UNKNOWN",
      "environment",
    ],
    [
      "a boot environment that writes nothing",
      { environment: "look" },
      "ENVIRONMENT_NOT_DEPLOYABLE",
      "environment",
    ],
    ["an image that is not there", { image: { file: "other.img", sha256 } }, "IMAGE_UNKNOWN", "image.file"],
    [
      "an image that is packed otherwise than its name says",
      { image: { file: "debian.img.gz", sha256 } },
      "IMAGE_UNUSABLE",
      "image.file",
    ],
    [
      "a link in the place of an image",
      { image: { file: "link.img", sha256 } },
      "IMAGE_UNUSABLE",
      "image.file",
    ],
    [
      "a folder in the place of an image",
      { image: { file: "folder.img", sha256 } },
      "IMAGE_UNUSABLE",
      "image.file",
    ],
    [
      "a file outside the images folder",
      { image: { file: "../api-token", sha256 } },
      "INPUT_INVALID",
      "image.file",
    ],
    ["a disk that the machine does not have", { disk: "sdz" }, "DISK_UNKNOWN", "disk"],
    ["another revision than was expected", { expectedRevision: 0 }, "REVISION_MISMATCH", "expectedRevision"],
  ])("happens with %s", async (_what, input, ...[code, field]) => {
    const { api, machineId, deploy } = await ready();
    await publish(api.store, "look", "discover");
    dropImage(api, "debian.img.gz", "not gzip");
    symlinkSync(api.tokenFile, join(api.imagesDirectory, "link.img"));
    mkdirSync(join(api.imagesDirectory, "folder.img"));
    const before = await api.store.readStream(machineStream(machineId));
    expect(await deploy(input)).toMatchObject({
      position: null,
      machine: null,
      run: null,
      userErrors: [{ code, field, message: expect.stringMatching(/./) }],
    });
    expect(await api.store.readStream(machineStream(machineId))).toEqual(before);
  });
});

describe("refusing to deploy in the state that a machine is in", () => {
  test("happens when the disk is not clear", async () => {
    const { api, deploy } = await ready();
    const [disk = expect.fail()] = inventory.disks;
    const machineId = await inspect(api.store, 2, [disk, { ...disk, name: "vdb", serial: "disk-0002" }]);
    const { handleMachine } = createCommands(api.store, newId);
    await handleMachine(machineStream(machineId), { type: "ApproveMachine" }, { meta });
    expect(await deploy({ machineId })).toMatchObject({ userErrors: [{ code: "DISK_AMBIGUOUS" }] });
    expect(await deploy({ machineId, disk: "disk-0002" })).toMatchObject({ run: { disk: { name: "vdb" } } });
  });

  test("happens while the machine is locked, and while a run has it", async () => {
    const { api, machineId, deploy } = await ready();
    const { handleMachine } = createCommands(api.store, newId);
    await handleMachine(machineStream(machineId), { type: "LockMachine" }, { meta });
    expect(await deploy()).toMatchObject({ userErrors: [{ code: "MACHINE_LOCKED" }] });
    await handleMachine(machineStream(machineId), { type: "UnlockMachine" }, { meta });
    expect(await deploy()).toMatchObject({ userErrors: [] });
    expect(await deploy()).toMatchObject({ userErrors: [{ code: "MACHINE_BUSY" }] });
  });
});

describe("the boot environment of a run", () => {
  test("is the newest that the log has, however far the views are", async () => {
    const log = memoryLog();
    const projector = await projectorOn(memoryLog(), temporaryDirectory());
    const api = await startApi({ store: log, projector });
    await publish(log);
    dropImage(api, "debian.img");
    const machineId = await inspect(log);
    await createCommands(log, newId).handleMachine(
      machineStream(machineId),
      { type: "ApproveMachine" },
      { meta },
    );
    const input = { machineId, environment: "image-deploy", image: { file: "debian.img", sha256 } };
    expect(await mutate(api, { name: "deployMachine", input })).toMatchObject({ userErrors: [] });
  });
});

describe("deploying from a restored log", () => {
  test("is refused until an effects epoch was started, which ends older runs", async () => {
    const { api, machineId, deploy } = await ready();
    const { correlationId: oldRun } = await deploy();
    const { handleSystem } = createCommands(api.store, newId);
    const restore = {
      evidence: "restore-command",
      previousIncarnation: "x",
      message: "from a backup",
    } as const;
    await handleSystem("system", { type: "RecordRestore", ...restore }, { meta });

    expect(await deploy()).toMatchObject({ userErrors: [{ code: "SERVICE_FENCED" }] });
    const { data } = await api.ask("{ service { fenced fencedBecause epoch } }");
    expect(data.service).toEqual({ fenced: true, fencedBecause: "from a backup", epoch: 0 });

    const start = `mutation { startEffectsEpoch(input: { reason: "looked at it" }) {
      userErrors { code } service { fenced fencedBecause epoch } } }`;
    const started = await api.ask(start);
    expect(started.data.startEffectsEpoch).toEqual({
      userErrors: [],
      service: { fenced: false, fencedBecause: null, epoch: 1 },
    });
    expect((await api.store.readStream(machineStream(machineId))).slice(-2)).toMatchObject([
      { type: "BootIntentExpired", data: { run: oldRun, reason: "restored" } },
      { type: "DeploymentFailed", data: { run: oldRun, code: "ABANDONED_AFTER_RESTORE" } },
    ]);
    expect(await deploy()).toMatchObject({ userErrors: [] });
    expect((await api.ask(start)).data.startEffectsEpoch.userErrors).toEqual([{ code: "NOT_FENCED" }]);
  });
});
