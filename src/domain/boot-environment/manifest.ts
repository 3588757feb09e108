import { z } from "zod";
import { Sha256 } from "../values/sha256.ts";
import { EnvironmentName } from "../values/slug.ts";

/** A relative path of plain names: no `..`, no empty part, nothing hidden. */
const RelativePath = z
  .string()
  .max(255)
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.-]*(?:\/[A-Za-z0-9_][A-Za-z0-9_.-]*)*$/,
    "expected a relative path of plain names",
  );

/** What a boot environment is for. It decides when it may be served. */
export const EnvironmentPurpose = z.enum(["discover", "local-disk", "deploy"]);
export type EnvironmentPurpose = z.infer<typeof EnvironmentPurpose>;

/** What a machine runs its script with: iPXE, or the GRUB that Secure Boot and arm64 machines load. */
export const ScriptFormat = z.enum(["ipxe", "grub"]);
export type ScriptFormat = z.infer<typeof ScriptFormat>;

/** What `templates/<name>/environment.yaml` may say. Adding a boot environment needs this file and its templates. */
export const EnvironmentDefinition = z.strictObject({
  name: EnvironmentName,
  description: z.string().min(1).max(1024),
  purpose: EnvironmentPurpose,
  /** The Liquid template of the iPXE script, relative to the folder. */
  script: RelativePath,
  /** The Liquid template of the script for GRUB. Left out: a machine that runs GRUB gets its disk instead. */
  grub: RelativePath.optional(),
  /** Files that the scripts may name, by the name that it uses: paths below the assets folder. */
  files: z.record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/), RelativePath).default({}),
});
export type EnvironmentDefinition = Readonly<z.infer<typeof EnvironmentDefinition>>;

const KeptFile = z.strictObject({ sha256: Sha256, bytes: z.int().nonnegative() });

/** A boot environment as it was published: everything in it by digest, so that it can be served again unchanged. */
export const EnvironmentManifest = z.strictObject({
  description: z.string().max(1024),
  purpose: EnvironmentPurpose,
  /** The template of the iPXE script, a key of `templates`. */
  script: z.string(),
  /** The template of the script for GRUB, a key of `templates`; `null`: there is none. */
  grub: z.string().nullable(),
  /** Every template of the folder by its relative path. */
  templates: z.record(z.string(), KeptFile),
  files: z.record(z.string(), KeptFile),
});
export type EnvironmentManifest = Readonly<z.infer<typeof EnvironmentManifest>>;

/** A manifest as it was kept, brought to today's shape: at first there was no script for GRUB. */
export function currentManifest(kept: object): object {
  return { grub: null, ...kept };
}

/** One published version, as runs are pinned to it. */
export const EnvironmentVersion = z.strictObject({
  name: EnvironmentName,
  /** From 1. */
  version: z.int().positive(),
  /** Digest of the manifest, RFC 8785 JSON. */
  digest: Sha256,
});
export type EnvironmentVersion = Readonly<z.infer<typeof EnvironmentVersion>>;
