import { type BootEnvironment, bootEnvironmentKind } from "../../../domain/boot-environment/decide.ts";
import { bootEnvironmentStream } from "../../../domain/boot-environment/events.ts";
import type { EnvironmentPurpose, EnvironmentVersion } from "../../../domain/boot-environment/manifest.ts";
import { type Refusal, reject } from "../../../domain/decision.ts";
import type { EnvironmentName } from "../../../domain/values/slug.ts";
import type { UserErrorCode } from "../__generated__/resolvers.ts";
import type { GraphqlContext } from "../context.ts";
import { readSystem } from "../system-state.ts";

/** Why machines may not be told now to boot anything but their disks; `undefined`: they may. */
export async function fenceRefusal({
  log,
}: Pick<GraphqlContext, "log">): Promise<Refusal<UserErrorCode> | undefined> {
  const { restore } = await readSystem(log);
  if (!restore) return undefined;
  const message = `the log continues from a copy (${restore.message}): no disk is changed until it was looked at`;
  return reject("SERVICE_FENCED", message);
}

/** What a machine is told to boot when it is not there for its purpose. */
const wrongPurpose = {
  deploy: "ENVIRONMENT_NOT_DEPLOYABLE",
  discover: "ENVIRONMENT_NOT_DISCOVERY",
} as const satisfies Partial<Record<EnvironmentPurpose, UserErrorCode>>;

type Found = { readonly outcome: "found"; readonly version: EnvironmentVersion };

/** What was published last of a boot environment; `undefined`: nothing. From the log itself: a view could lag. */
export async function lastPublished(
  { log }: Pick<GraphqlContext, "log">,
  name: EnvironmentName,
): Promise<BootEnvironment> {
  const [newest] = await log.readStream(bootEnvironmentStream(name), { newestOnly: true });
  return newest && bootEnvironmentKind.codec.read(newest).data;
}

/** The newest version of a boot environment that is there for this purpose. */
export async function newestVersion(
  context: Pick<GraphqlContext, "log">,
  name: EnvironmentName,
  purpose: keyof typeof wrongPurpose,
): Promise<Found | Refusal<UserErrorCode>> {
  const latest = await lastPublished(context, name);
  if (!latest) {
    const message = `no boot environment is called ${name}: bootEnvironments lists them`;
    return reject("ENVIRONMENT_UNKNOWN", message);
  }
  const { version, digest, manifest } = latest;
  if (manifest.purpose === purpose) return { outcome: "found", version: { name, version, digest } };
  const wanted = purpose.toUpperCase();
  const message = `boot environment ${name} is for ${manifest.purpose}: choose one of purpose ${wanted}`;
  return reject(wrongPurpose[purpose], message);
}
