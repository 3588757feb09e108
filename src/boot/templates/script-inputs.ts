import { z } from "zod";
import { EnvironmentVersion, ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import { Architecture } from "../../domain/values/architecture.ts";
import { Ipv4 } from "../../domain/values/ipv4.ts";
import { Labels } from "../../domain/values/label.ts";
import { MacAddress } from "../../domain/values/mac-address.ts";
import { MachineId } from "../../domain/values/machine-id.ts";
import { Params } from "../../domain/values/param.ts";
import { RunId } from "../../domain/values/run-id.ts";

/**
 * All that a template sees of the world, as it is recorded: no clock, no secret. Together with the boot
 * environment's contents it renders the same script again, byte for byte.
 */
export const ScriptInputs = z.strictObject({
  environment: EnvironmentVersion,
  /** Which of the environment's scripts it is. */
  format: ScriptFormat.default("ipxe"),
  /** Where machines reach the boot listener, without a slash at the end: `http://10.77.0.1:8080`. */
  server: z.strictObject({ url: z.url() }),
  /** The interface that asks, and the address that it was leased. */
  client: z.strictObject({
    mac: MacAddress,
    address: Ipv4,
    architecture: Architecture.nullable(),
  }),
  /** The machine that the interface belongs to; `null` while it belongs to none. */
  machine: z
    .strictObject({
      id: MachineId,
      /** Which ones there are differs from machine to machine: one that is not there is nothing, as for `default`. */
      labels: Labels.default({}),
      /** As with labels. */
      params: Params.default({}),
    })
    .nullable(),
  /** The run that the script serves; `null` when it serves none. */
  run: z.strictObject({ id: RunId }).nullable(),
  kernel: z.strictObject({
    /** Kernel consoles, for `console=`. The last one is where the agent speaks. */
    consoles: z.array(z.string().min(1).max(64)).max(8),
  }),
});
export type ScriptInputs = Readonly<z.infer<typeof ScriptInputs>>;
