import { bootRefused } from "../../domain/boot/refusal.ts";
import type { MacAddress } from "../../domain/values/mac-address.ts";
import type { BootTracker } from "../boot-tracker.ts";
import { createGenerationMap } from "../generation-map.ts";
import type { Observer } from "../observer.ts";
import type { PassedOver } from "./boot-answer.ts";

/** Most interfaces to keep in mind. One that was forgotten is recorded once more. */
const rememberedMax = 10_000;

interface RecordPassedOverOptions {
  readonly observer: Pick<Observer, "observe">;
  readonly tracker: Pick<BootTracker, "current">;
  readonly clock: () => Date;
}

/** Records that a client cannot load the boot file of its class: once a boot, however many messages it takes. */
export function recordPassedOver({ observer, tracker, clock }: RecordPassedOverOptions) {
  const recorded = createGenerationMap<MacAddress, string>(rememberedMax);

  return ({ place, bootFile, why }: PassedOver): void => {
    const { mac, bootId } = place;
    if (recorded.get(mac) === bootId) return;
    recorded.set(mac, bootId);
    const current = tracker.current(mac, clock().getTime());
    const meta = {
      actor: `client:${mac}`,
      source: "dhcp",
      $correlationId: current?.correlationId ?? bootId,
      $causationId: bootId,
    };
    const address = place.address ?? null;
    const event = bootRefused({ request: bootFile, code: "BOOT_FILE_UNSUITABLE", message: why, address });
    observer.observe({ mac, event, meta });
  };
}
