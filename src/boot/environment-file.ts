import type { Sha256 } from "../domain/values/sha256.ts";
import type { Catalogue } from "./templates/catalogue.ts";

/** Which file of which version, as a machine wrote it: anything may stand in it. */
interface AskedFile {
  readonly environment: string;
  readonly version: string;
  readonly name: string;
}

/** A kernel or an initrd that is kept. */
export interface EnvironmentFile {
  /** As it is recorded: `image-deploy/3/initrd`. */
  readonly name: string;
  readonly bytes: number;
  readonly sha256: Sha256;
}

/** A file of any version that was ever published; `undefined` when there is no such version or file. */
export async function environmentFile(
  { environment, version, name }: AskedFile,
  catalogue: Pick<Catalogue, "findFile">,
): Promise<EnvironmentFile | undefined> {
  if (!/^[1-9]\d{0,8}$/.test(version)) return undefined;
  const kept = await catalogue.findFile({ environment, version: Number(version), name });
  return kept && { ...kept, name: `${environment}/${version}/${name}` };
}
