import { canonicalJson } from "../../canonical-json.ts";
import type { EnvironmentVersion, ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import type { Machine } from "../../domain/machine/state.ts";
import type { MachineId } from "../../domain/values/machine-id.ts";
import type { RunId } from "../../domain/values/run-id.ts";
import type { Sha256 } from "../../domain/values/sha256.ts";
import { sha256Of } from "../digest.ts";
import type { ContentStore } from "../templates/content-store.ts";
import { type PublishedEnvironment, scriptSource } from "../templates/published-environment.ts";
import type { ScriptSource } from "../templates/render-script.ts";
import type { ScriptRenderer } from "../templates/renderer.ts";
import type { ScriptInputs } from "../templates/script-inputs.ts";

/** For whom a script is made. */
export interface ScriptSubject {
  /** What runs it. */
  readonly format: ScriptFormat;
  readonly client: ScriptInputs["client"];
  readonly machine: ScriptInputs["machine"];
  readonly run: RunId | undefined;
}

/** What a script is told of a machine. */
export function scriptMachine(id: MachineId, machine: Machine): NonNullable<ScriptSubject["machine"]> {
  const { labels, params } = "labels" in machine ? machine : { labels: {}, params: {} };
  return { id, labels, params };
}

/** A script before its secrets are filled in. */
export interface MadeScript {
  readonly environment: EnvironmentVersion;
  readonly machineId: MachineId | undefined;
  readonly run: RunId | undefined;
  /** Placeholders stand where secrets go. */
  readonly text: string;
  /** Of the recorded inputs and of `text`. */
  readonly digests: { readonly inputs: Sha256; readonly script: Sha256 };
  /** Keeps inputs and text, so that the digests can be looked up. To be awaited before an event names them. */
  keep(): Promise<void>;
}

export interface ScriptMaker {
  /** @throws RenderError @throws Error when the environment has no script of the format */
  make(environment: PublishedEnvironment, subject: ScriptSubject): Promise<MadeScript>;
}

interface ScriptMakerOptions {
  readonly renderer: ScriptRenderer;
  readonly content: ContentStore;
  /** Where machines reach the boot listener: `http://10.77.0.1:8080`. */
  readonly serverUrl: string;
  /** Kernel consoles, the last one is where the agent speaks. */
  readonly consoles: readonly string[];
}

/** What a script of a format is rendered from. @throws Error when the environment has none */
export function sourceFor(environment: PublishedEnvironment, format: ScriptFormat): ScriptSource {
  const source = scriptSource(environment, format);
  if (source) return source;
  const { name } = environment.version;
  throw new Error(`boot environment ${name} has no script for GRUB: name one in environment.yaml`);
}

export function scriptMaker({ renderer, content, serverUrl, consoles }: ScriptMakerOptions): ScriptMaker {
  return {
    async make(environment, { format, client, machine, run }) {
      const { version } = environment;
      const source = sourceFor(environment, format);
      const inputs: ScriptInputs = {
        environment: version,
        format,
        server: { url: serverUrl },
        client,
        machine,
        run: run === undefined ? null : { id: run },
        kernel: { consoles: [...consoles] },
      };
      const text = await renderer.render({ source, inputs });
      const recorded = Buffer.from(canonicalJson(inputs));
      return {
        environment: version,
        machineId: machine?.id,
        run,
        text,
        digests: { inputs: sha256Of(recorded), script: sha256Of(text) },
        async keep() {
          await content.put(recorded);
          await content.put(Buffer.from(text, "utf8"));
        },
      };
    },
  };
}
