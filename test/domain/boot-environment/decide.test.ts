import { describe, test } from "vitest";
import { bootEnvironmentKind } from "../../../src/domain/boot-environment/decide.ts";
import { given } from "../../support/given.ts";
import { digest, samples } from "../../support/samples.ts";

const { decider } = bootEnvironmentKind;
const published = samples.BootEnvironmentPublished;
const { manifest } = published.data;

describe("publishing a boot environment", () => {
  test("counts versions from 1", () => {
    given(decider)
      .when({ type: "PublishBootEnvironment", digest: published.data.digest, manifest })
      .thenAppends(published);
  });

  test("records nothing when its folder has not changed", () => {
    given(decider, [published])
      .when({ type: "PublishBootEnvironment", digest: published.data.digest, manifest })
      .thenNothing();
  });

  test("makes the next version of another digest", () => {
    given(decider, [published])
      .when({ type: "PublishBootEnvironment", digest: digest(77), manifest })
      .thenAppends({ type: "BootEnvironmentPublished", data: { version: 2, digest: digest(77), manifest } });
  });
});
