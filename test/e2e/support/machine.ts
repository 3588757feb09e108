import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Child } from "./child.ts";
import type { TestNetwork } from "./network.ts";
import { type MachineHardware, platforms, qemuArguments } from "./qemu-arguments.ts";
import { type SerialConsole, serialConsole } from "./serial-console.ts";

/** A QEMU machine with disks and firmware variables that outlast its power. */
export interface TestMachine {
  /** The serial console since the last power-on. */
  readonly console: () => SerialConsole;
  /** Switches it on again. @throws Error when it is on */
  readonly powerOn: () => Promise<void>;
  /** Takes the power away at once. Nothing happens when it is off. */
  readonly powerCut: () => Promise<void>;
  /** Waits until it switches itself off. @throws Error after `timeoutMs`, with the end of the console */
  readonly waitForPowerOff: (options: { readonly timeoutMs: number }) => Promise<void>;
}

/**
 * Makes a machine and switches it on. It ends with the network at the latest.
 *
 * @param folder where `<name>/console-<n>.log` (n counts power-ons from 1), `qemu.log` and the variable store go
 */
export async function startMachine(
  network: TestNetwork,
  folder: string,
  hardware: MachineHardware,
): Promise<TestMachine> {
  const own = join(folder, hardware.name);
  const variablesFile = join(own, "firmware-variables.fd");
  await mkdir(own, { recursive: true });
  const { flash } = platforms[hardware.firmware];
  if (flash) await copyFile(flash.variables, variablesFile);
  const command = qemuArguments(hardware, { tap: await network.addTap(), variablesFile });
  let powerOns = 0;

  const start = async (): Promise<{ readonly child: Child; readonly console: SerialConsole }> => {
    powerOns += 1;
    const child = await network.start(command, { logFile: join(own, "qemu.log"), stdout: "pipe" });
    const { stdout } = child.process;
    if (!stdout) throw new Error("QEMU has no standard output");
    return { child, console: serialConsole(stdout, join(own, `console-${powerOns}.log`)) };
  };
  let current = await start();

  return {
    console: () => current.console,

    async powerOn() {
      if (!current.child.hasEnded()) throw new Error(`${hardware.name} is on`);
      current = await start();
    },

    powerCut: () => current.child.kill(),

    async waitForPowerOff({ timeoutMs }) {
      const { promise, resolve } = Promise.withResolvers<"late">();
      const timer = setTimeout(() => resolve("late"), timeoutMs);
      const outcome = await Promise.race([current.child.ended, promise]);
      clearTimeout(timer);
      if (outcome !== "late") return;
      throw new Error(
        `${hardware.name} is still on after ${timeoutMs} ms:\n${current.console.text().slice(-2000)}`,
      );
    },
  };
}
