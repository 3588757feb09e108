import type { RehearsalImage } from "./image.ts";
import type { Machine } from "./machine.ts";

export type LifeEnd =
  /** Runs from its disk, and did so again when it was switched off and on. */
  { readonly deployed: true } | { readonly deployed: false; readonly reason: string };

/** Discovery, installation, disk: three boots. A machine that needs this many does not get there. */
const bootsMax = 6;

/**
 * One machine, from the first time it is switched on to the second time it runs from its disk. Its part is to
 * boot whatever it is given and to start again when the agent says so; what it is given is the service's part.
 *
 * Never rejects: whatever goes wrong is the reason why it was not deployed.
 */
export async function live(
  machine: Machine,
  {
    image,
    step,
    signal,
  }: {
    readonly image: RehearsalImage;
    readonly step: (text: string) => void;
    readonly signal: AbortSignal;
  },
): Promise<LifeEnd> {
  try {
    const failure = (await bootUntilDisk(machine, image)) ?? (await bootDiskAgain(machine, image));
    if (failure !== undefined) return { deployed: false, reason: failure };
    step("runs from its disk");
    return { deployed: true };
  } catch (error) {
    if (signal.aborted) return { deployed: false, reason: "there was no time left" };
    return { deployed: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** What went wrong; `undefined` when the machine runs from the disk that was installed once. */
async function bootUntilDisk(machine: Machine, image: RehearsalImage): Promise<string | undefined> {
  let installations = 0;
  for (let boot = 0; boot < bootsMax; boot += 1) {
    const end = await machine.bootOnce();
    switch (end.booted) {
      case "nothing":
        return end.reason;
      case "agent":
        if (end.agent.end === "stopped") return `the agent stopped: ${end.agent.reason}`;
        installations += end.agent.installed ? 1 : 0;
        break;
      case "disk":
        if (installations !== 1) return `it ran from its disk after ${installations} installations`;
        return (await machine.disk.holds(image)) ? undefined : "its disk holds something else than the image";
    }
  }
  return `it did not run from its disk after ${bootsMax} boots`;
}

async function bootDiskAgain(machine: Machine, image: RehearsalImage): Promise<string | undefined> {
  const end = await machine.bootOnce();
  if (end.booted !== "disk") return `switched on again, it booted ${end.booted} and not its disk`;
  return (await machine.disk.holds(image)) ? undefined : "switched on again, its disk was changed";
}
