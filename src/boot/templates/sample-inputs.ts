import type {
  EnvironmentPurpose,
  EnvironmentVersion,
  ScriptFormat,
} from "../../domain/boot-environment/manifest.ts";
import { ScriptInputs } from "./script-inputs.ts";

/**
 * Made-up inputs of the kind that an environment of this purpose is rendered with: what a script cannot be
 * rendered from today it will not be rendered from when a machine asks.
 */
export function sampleInputs(
  environment: EnvironmentVersion,
  purpose: EnvironmentPurpose,
  format: ScriptFormat = "ipxe",
): ScriptInputs {
  return ScriptInputs.parse({
    environment,
    format,
    server: { url: "http://10.77.0.1:8080" },
    client: { mac: "52:54:00:77:00:01", address: "10.77.0.101", architecture: "x64-uefi" },
    // The disk is also what a machine gets that nobody knows yet.
    machine: purpose === "local-disk" ? null : { id: "0197b0d0-0000-7000-8000-000000000001" },
    run: purpose === "deploy" ? { id: "0197b0d0-0000-8000-8000-000000000002" } : null,
    kernel: { consoles: ["tty0", "ttyS0"] },
  });
}
