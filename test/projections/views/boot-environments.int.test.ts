import { describe, expect, test } from "vitest";
import { EnvironmentName } from "../../../src/domain/values/slug.ts";
import { environmentCollection } from "../../../src/projections/collections/boot-environments.ts";
import {
  bootEnvironments,
  bootEnvironmentsReader,
} from "../../../src/projections/views/boot-environments.ts";
import type { Step } from "../../support/history.ts";
import { digest, discoveryName, samples } from "../../support/samples.ts";
import { readerAfter } from "../view-files.ts";

const deploy = EnvironmentName.parse("image-deploy");

function published(name: EnvironmentName, version: number): Step {
  const { data } = samples.BootEnvironmentPublished;
  const event = { type: "BootEnvironmentPublished", data: { ...data, version, digest: digest(version) } };
  return { stream: `bootenv-${name}`, events: [event] };
}

const steps = [published(deploy, 1), published(discoveryName, 1), published(deploy, 2), published(deploy, 3)];

describe("the view of boot environments", () => {
  test("shows the newest version of each, by name", async () => {
    const collection = await readerAfter(bootEnvironments, environmentCollection, steps);
    const shown = collection.page({ limit: 5 }).map(({ row: { name, version } }) => [name, version]);
    expect(shown).toEqual([
      [discoveryName, 1],
      [deploy, 3],
    ]);
    expect(collection.count({ column: "purpose", eq: "deploy" }, "exact").count).toBe(2);
  });

  test("finds the newest version of one", async () => {
    const reader = await readerAfter(bootEnvironments, bootEnvironmentsReader, steps);
    expect(reader.latest(deploy)).toMatchObject({ version: 3, digest: digest(3) });
  });
});
