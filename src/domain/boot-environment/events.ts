import { z } from "zod";
import { defineEvent, type EventOf, eventCodec } from "../event.ts";
import { Sha256 } from "../values/sha256.ts";
import type { EnvironmentName } from "../values/slug.ts";
import { currentManifest, EnvironmentManifest } from "./manifest.ts";

/** The boot environment's folder changed, and this is what is served from now on. */
export const BootEnvironmentPublished = defineEvent(
  "BootEnvironmentPublished",
  {
    version: z.int().positive(),
    digest: Sha256,
    manifest: EnvironmentManifest,
  },
  { upcasters: [(data) => ({ ...data, manifest: currentManifest((data as WithManifest).manifest) })] },
);

interface WithManifest {
  readonly manifest: object;
}

const bootEnvironmentEvents = [BootEnvironmentPublished] as const;
export type BootEnvironmentEvent = EventOf<(typeof bootEnvironmentEvents)[number]>;
export const bootEnvironmentCodec = eventCodec(bootEnvironmentEvents);

export function bootEnvironmentStream(name: EnvironmentName): string {
  return `bootenv-${name}`;
}
