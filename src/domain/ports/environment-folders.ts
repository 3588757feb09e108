import type { EnvironmentManifest, EnvironmentVersion, ScriptFormat } from "../boot-environment/manifest.ts";
import type { Sha256 } from "../values/sha256.ts";
import type { EnvironmentName } from "../values/slug.ts";

/** What is in the folder of a boot environment. */
export type FolderFinding =
  | {
      readonly outcome: "usable";
      /** Of the manifest, RFC 8785 JSON. */
      readonly digest: Sha256;
      readonly manifest: EnvironmentManifest;
      /** One for each format that the folder or the version to compare with has a script for. */
      readonly scripts: readonly ScriptComparison[];
    }
  /** `problem` names the file and the line, and says what to do. */
  | { readonly outcome: "unusable"; readonly problem: string };

/** What a script renders to from made-up inputs, with placeholders where secrets go. */
export interface ScriptComparison {
  readonly format: ScriptFormat;
  /** Of the version that it was to be compared with; `undefined` when there was none, or none can be had. */
  readonly before: string | undefined;
  /** Empty when there is no such script any more. */
  readonly after: string;
}

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
