import { bootEnvironmentCodec } from "../domain/boot-environment/events.ts";
import type { EnvironmentManifest } from "../domain/boot-environment/manifest.ts";
import type { RecordedEvent } from "../domain/ports/event-store.ts";
import type { Sha256 } from "../domain/values/sha256.ts";
import type { EnvironmentName } from "../domain/values/slug.ts";
import { trustedReader } from "./view.ts";

/** One published version of a boot environment. */
export interface PublishedEnvironment {
  readonly name: EnvironmentName;
  /** From 1. */
  readonly version: number;
  /** Of the manifest, RFC 8785 JSON. */
  readonly digest: Sha256;
  readonly manifest: EnvironmentManifest;
}

/** Every published version, because runs are pinned to theirs. */
export interface EnvironmentCatalogue {
  apply(event: RecordedEvent): void;
  /** (Default version: the newest) */
  find(name: EnvironmentName, version?: number): PublishedEnvironment | undefined;
  /** The newest version of each environment, in the order in which they were published. */
  newest(): readonly PublishedEnvironment[];
}

const read = trustedReader(bootEnvironmentCodec);

export function environmentCatalogue(): EnvironmentCatalogue {
  const versions = new Map<EnvironmentName, Map<number, PublishedEnvironment>>();
  const newest = new Map<EnvironmentName, PublishedEnvironment>();
  return {
    apply(recorded) {
      const event = read(recorded);
      if (!event) return;
      const name = event.stream.slice("bootenv-".length) as EnvironmentName;
      const published = { name, ...event.data };
      const known = versions.get(name) ?? new Map<number, PublishedEnvironment>();
      versions.set(name, known.set(published.version, published));
      // A map keeps the place that a key had first.
      newest.delete(name);
      newest.set(name, published);
    },
    find: (name, version) => (version === undefined ? newest.get(name) : versions.get(name)?.get(version)),
    newest: () => [...newest.values()],
  };
}
