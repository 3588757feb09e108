import { describe, expect, test } from "vitest";
import type { EventStore } from "../../../src/domain/ports/event-store.ts";
import { ada, bob, client, dhcpService, lease, mac, serverAddress } from "./support.ts";

const stranger = (n: number) => client(mac(`52:54:00:77:05:0${n}`));
const taking = (n: number) => ({ requested: `10.77.0.1${n}`, server: serverAddress });

/** A service whose log takes nothing until `go`, and takes four changes at a time. Bob is known. */
async function busy() {
  const gate = { isOpen: true };
  const { promise, resolve: go } = Promise.withResolvers<void>();
  const store = (log: EventStore): EventStore => ({
    ...log,
    async append(...args) {
      if (!gate.isOpen) await promise;
      return log.append(...args);
    },
  });
  const service = await dhcpService({ store, options: { changesMax: 4 } });
  const address = await lease(service, ada);
  service.known.add(mac("52:54:00:77:00:02"));
  gate.isOpen = false;
  return { ...service, address, go };
}

describe("while much is on its way to the log", () => {
  test("clients that nobody knows are offered nothing from half on, known ones from three quarters on", async () => {
    const { say, go } = await busy();
    const first = [1, 2].map((n) => say(stranger(n)("request", taking(n))));
    expect(await say(stranger(3)("discover"))).toBe("silence");
    expect(await say(bob("discover"))).toMatchObject({ type: "offer" });
    const third = say(stranger(3)("request", taking(3)));
    expect(await say(bob("discover"))).toBe("silence");
    go();
    for (const answer of await Promise.all([...first, third])) expect(answer).toMatchObject({ type: "ack" });
  });

  test("the last quarter is for clients that are known or have a lease", async () => {
    const { say, go, service, address, advance } = await busy();
    const under = [1, 2, 3].map((n) => say(stranger(n)("request", taking(n))));
    expect(await say(stranger(4)("request", taking(4)))).toBe("silence");
    expect(service.counters.shed).toBe(1);
    advance(1_800_000);
    const renewal = say(ada("request", { ciaddr: address }));
    expect(await say(bob("request", taking(5)))).toBe("silence");
    go();
    expect(await renewal).toMatchObject({ type: "ack", leaseSeconds: 3600 });
    expect(await Promise.all(under)).toHaveLength(3);
  });
});
