import { describe, test } from "vitest";
import { machineDecider } from "../../../src/domain/machine/decide.ts";
import type { MachineEvent } from "../../../src/domain/machine/events.ts";
import { given } from "../../support/given.ts";
import { histories } from "../../support/machine-history.ts";
import { samples } from "../../support/samples.ts";

const known = Object.entries(histories).filter(([name]) => name !== "retired");
const ntp = { code: 42, value: "0a4d0001" };
const mtu = { code: 26, value: "2328" };
const changed = (...options: (typeof ntp)[]): MachineEvent => ({
  type: "DhcpOptionsChanged",
  data: { options },
});
const change = (...options: (typeof ntp)[]) => ({ type: "ChangeDhcpOptions" as const, options });

describe("changing a machine's DHCP options", () => {
  test.each(known)("is recorded when it is %s", (_state, history) => {
    given(machineDecider, history).when(change(ntp)).thenAppends(changed(ntp));
  });

  test("records the whole list in the order of the codes, once", () => {
    given(machineDecider, [...histories.ready, changed(ntp)])
      .when(change(ntp, mtu))
      .thenAppends(changed(mtu, ntp));
    given(machineDecider, [...histories.ready, changed(mtu, ntp)])
      .when(change(ntp, mtu))
      .thenNothing();
    given(machineDecider, [...histories.ready, changed(ntp)])
      .when(change())
      .thenAppends(changed());
  });

  test("outlasts what else happens to the machine", () => {
    given(machineDecider, [...histories.ready, changed(ntp), samples.MachineQuarantined])
      .when(change(ntp))
      .thenNothing();
  });

  test("is refused for options that nobody may set, and for one set twice", () => {
    given(machineDecider, histories.ready)
      .when(change({ code: 53, value: "05" }))
      .thenRejects("OPTION_NOT_SETTABLE", "53 (message-type)", "the server says it itself");
    given(machineDecider, histories.ready).when(change(ntp, ntp)).thenRejects("OPTION_TWICE", "ntp-servers");
  });

  test("is refused when it is retired", () => {
    given(machineDecider, histories.retired).when(change(ntp)).thenRejects("MACHINE_RETIRED");
  });
});
