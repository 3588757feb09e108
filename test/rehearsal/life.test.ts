import { describe, expect, test } from "vitest";
import { hardwareOf } from "../../src/rehearsal/hardware.ts";
import { live } from "../../src/rehearsal/life.ts";
import type { BootEnd, Machine } from "../../src/rehearsal/machine.ts";

const image = { file: "rehearsal.img.gz", bytes: 1024, sha256: "0".repeat(64) };
const discovered: BootEnd = { booted: "agent", agent: { end: "reboot", installed: false } };
const installed: BootEnd = { booted: "agent", agent: { end: "reboot", installed: true } };
const disk: BootEnd = { booted: "disk" };

/** A machine that ends up with these, boot by boot, and whose disk holds the image or not. */
function machineThat(boots: readonly (BootEnd | Error)[], holds: readonly boolean[] = [true, true]): Machine {
  const ends = [...boots];
  const contents = [...holds];
  return {
    hardware: hardwareOf(0, { packages: [] }),
    disk: {
      write: async () => ({ bytes: 0 }),
      sha256: async () => "",
      isBootable: async () => true,
      holds: async () => contents.shift() ?? false,
    },
    async bootOnce() {
      const end = ends.shift();
      if (!end || end instanceof Error) throw end ?? new Error("one boot too many");
      return end;
    },
  };
}

const around = { image, step: () => undefined, signal: new AbortController().signal };

describe("living the life of a machine", () => {
  test("ends well when it was discovered, installed once, and ran from its disk twice", async () => {
    expect(await live(machineThat([discovered, installed, disk, disk]), around)).toEqual({ deployed: true });
  });

  test.each([
    [
      "it ran from a disk that nobody wrote",
      machineThat([discovered, disk]),
      "it ran from its disk after 0 installations",
    ],
    [
      "it was installed twice",
      machineThat([installed, installed, disk]),
      "it ran from its disk after 2 installations",
    ],
    [
      "its disk holds something else",
      machineThat([installed, disk], [false]),
      "its disk holds something else than the image",
    ],
    [
      "the second power-on starts the agent",
      machineThat([installed, disk, installed]),
      "switched on again, it booted agent and not its disk",
    ],
    [
      "the second power-on changes the disk",
      machineThat([installed, disk, disk], [true, false]),
      "switched on again, its disk was changed",
    ],
    [
      "the agent gives up",
      machineThat([{ booted: "agent", agent: { end: "stopped", reason: "the hello was refused" } }]),
      "the agent stopped: the hello was refused",
    ],
    ["it boots nothing", machineThat([{ booted: "nothing", reason: "no disk" }]), "no disk"],
    [
      "it is discovered for ever",
      machineThat(Array(9).fill(discovered)),
      "it did not run from its disk after 6 boots",
    ],
    ["a boot breaks off", machineThat([new Error("no offer came")]), "no offer came"],
  ])("fails when %s", async (_, machine, reason) => {
    expect(await live(machine, around)).toEqual({ deployed: false, reason });
  });

  test("fails for want of time, whatever broke off, when the rehearsal is over", async () => {
    const end = await live(machineThat([new Error("aborted")]), { ...around, signal: AbortSignal.abort() });
    expect(end).toEqual({ deployed: false, reason: "there was no time left" });
  });
});
