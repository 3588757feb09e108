import type { EventReader } from "../../../domain/ports/event-store.ts";
import { accessThen } from "../../access/access-then.ts";
import { type AccessViews, type AccessViewsOptions, accessViews } from "../../access/access-views.ts";
import type { Past } from "../models.ts";
import type { ReadModels } from "../read-models.ts";

interface Asking extends Pick<AccessViewsOptions, "caller" | "need"> {
  readonly positionBefore: ReadModels["events"]["positionBefore"];
}

/** Who could do what at moments of the past, for one caller. Each moment is read once for one request. */
export function accessOfMoments(
  log: Pick<EventReader, "readAll">,
  { positionBefore, caller, need }: Asking,
): (past: Past) => Promise<AccessViews> {
  const known = new Map<number, Promise<AccessViews>>();

  async function read({ position, ordinal }: Past): Promise<AccessViews> {
    need();
    const [last] =
      ordinal < 0 ? [] : (await log.readAll({ after: positionBefore(ordinal), limit: 1 })).events;
    const timeMs = last?.time ?? 0;
    const registry = await accessThen(log, { position, timeMs });
    return accessViews({ registry, caller, need, clock: () => new Date(timeMs) });
  }

  return (past) => {
    const views = known.get(past.ordinal) ?? read(past);
    known.set(past.ordinal, views);
    return views;
  };
}
