import { bootCodec, bootStream } from "../../domain/boot/events.ts";
import type { EventReader } from "../../domain/ports/event-store.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import { createGenerationMap } from "../generation-map.ts";
import type { BootTicket } from "../nonce.ts";
import { recentEvents } from "./recent-events.ts";

/** Which boot serves which run, so that what an agent reports names the boot that started it. */
export interface ServedRuns {
  /** The run's script is about to be sent to this boot. */
  note(run: RunId, boot: BootTicket): void;
  /** The run that the boot serves; `undefined` when it serves none. */
  runOf(bootId: string): RunId | undefined;
  /** The newest boot that served the run; `undefined` when none is known. `macs`: of the run's machine. */
  bootOf(run: RunId, macs: readonly MacAddress[]): Promise<BootTicket | undefined>;
}

/** Most runs remembered. One that was forgotten is looked up in the log. */
const rememberedMax = 20_000;

/** Remembers what was served since the start, and reads the streams of a machine's interfaces for what was before. */
export function servedRuns(reader: EventReader): ServedRuns {
  const boots = createGenerationMap<RunId, BootTicket>(rememberedMax);
  const runs = createGenerationMap<string, RunId>(rememberedMax);

  return {
    note(run, boot) {
      boots.set(run, boot);
      runs.set(boot.bootId, run);
    },

    runOf: (bootId) => runs.get(bootId),

    async bootOf(run, macs) {
      const known = boots.get(run);
      if (known !== undefined) return known;
      for (const mac of macs) {
        const found = (await recentEvents(reader, bootStream(mac))).findLast((recorded) => {
          const event = bootCodec.read(recorded);
          return event.type === "BootScriptServed" && event.data.run === run;
        });
        if (found) return { mac, bootId: found.meta.$causationId };
      }
      return undefined;
    },
  };
}
