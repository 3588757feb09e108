import type { EnvironmentManifest, EnvironmentVersion } from "../boot-environment/manifest.ts";
import type { Sha256 } from "../values/sha256.ts";
import type { EnvironmentName } from "../values/slug.ts";

/** What is in the folder of a boot environment. */
export type FolderFinding =
  | {
      readonly outcome: "usable";
      /** Of the manifest, RFC 8785 JSON. */
      readonly digest: Sha256;
      readonly manifest: EnvironmentManifest;
      /** The script for made-up inputs, with placeholders where secrets go. */
      readonly script: string;
      /** The same of the version that it was to be compared with; `undefined` when there was none, or none can be had. */
      readonly scriptBefore: string | undefined;
    }
  /** `problem` names the file and the line, and says what to do. */
  | { readonly outcome: "unusable"; readonly problem: string };

export interface Inspection {
  /** Whether the contents are kept, so that an event may name them. They are durable when the finding comes. */
  readonly keep: boolean;
  /** A version that was published, to compare with. */
  readonly published: EnvironmentVersion | undefined;
}

/** The folders that boot environments are published from. */
export interface EnvironmentFolders {
  /** Reads a folder as it is now, and tries its templates out. */
  inspect(name: EnvironmentName, inspection: Inspection): Promise<FolderFinding>;
}
