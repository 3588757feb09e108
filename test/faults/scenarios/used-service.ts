import { setTimeout as delay } from "node:timers/promises";
import type { Target } from "../load/client.ts";
import type { ScenarioOptions, ScenarioReport } from "../scenario.ts";
import type { DoomedService } from "../support/doomed-service.ts";
import { type LoadedSite, readyTarget } from "../support/loaded-site.ts";
import { untilReady } from "../support/ready-reasons.ts";

/** Acknowledgements that show that a service does its work again. */
const enough = 20;

/** Longest time between two faults, milliseconds. */
const quietMs = 500;

/** What a fault has at hand. */
export interface Struck {
  readonly site: LoadedSite;
  readonly service: DoomedService;
  readonly target: Target;
}

interface Striking extends Pick<ScenarioOptions, "times" | "random" | "note"> {
  /** What is left to do for a person when all is over. (Default: nothing) */
  readonly mend?: (target: Target) => Promise<unknown>;
}

/**
 * Lets a fault come over a service that is used, and go, so often. Each time the same process goes on as if nothing had
 * been; in the end it is ready, and stops as it should.
 *
 * @param strike resolves when the fault is over
 * @throws Error when the service ended, or does not acknowledge any more
 */
export async function strikeAgainAndAgain(
  site: LoadedSite,
  { times, random, note, mend }: Striking,
  strike: (struck: Struck) => Promise<void>,
): Promise<Pick<ScenarioReport, "faults" | "kills" | "undetected">> {
  const service = await site.start();
  const target = await readyTarget(service);
  await site.prepare(target);
  const ended = service.ended.then(() => Promise.reject(new Error("the service ended")));
  const struck = async () => {
    await site.untilAcknowledged(enough);
    for (let time = 1; time <= times; time++) {
      await delay(random(quietMs));
      await strike({ site, service, target });
      await site.untilAcknowledged(enough);
      note(`${time} of ${times}`);
    }
    await untilReady(target, mend);
  };
  await site.whileUsed(target, () => Promise.race([struck(), ended]));
  ended.catch(() => undefined);
  await site.finish(target);
  return { faults: times, kills: 0, undetected: [] };
}
