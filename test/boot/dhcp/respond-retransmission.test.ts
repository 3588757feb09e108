import { describe, expect, test } from "vitest";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { ada, dhcpService, serverAddress } from "./support.ts";

/** A log that takes its time: appends wait until `go`. */
function slowLog() {
  const { promise, resolve } = Promise.withResolvers<void>();
  let appends = 0;
  const store = (log: EventStore): EventStore => ({
    ...log,
    async append(...args) {
      appends++;
      await promise;
      return log.append(...args);
    },
  });
  return { store, go: resolve, appends: () => appends };
}

const taking = { requested: "10.77.0.10", server: serverAddress, xid: 7 };

describe("a DHCPREQUEST that is sent again", () => {
  test("while the first is on its way to the log is one event, and is not answered twice", async () => {
    const log = slowLog();
    const service = await dhcpService({ store: log.store });
    await service.say(ada("discover", { xid: 7 }));
    const answers = [1, 2, 3].map(() => service.say(ada("request", taking)));
    log.go();
    const heard = await Promise.all(answers);
    expect(heard.map((each) => (each === "silence" ? each : each.type))).toEqual([
      "ack",
      "silence",
      "silence",
    ]);
    expect(log.appends()).toBe(1);
    expect(await service.history("10.77.0.10")).toEqual(["LeaseGranted"]);
  });

  test("after that is answered the same, and is no event", async () => {
    const service = await dhcpService();
    await service.say(ada("discover", { xid: 7 }));
    const first = await service.say(ada("request", taking));
    expect(await service.say(ada("request", taking))).toEqual(first);
    expect(await service.history("10.77.0.10")).toEqual(["LeaseGranted"]);
  });
});
