import type { Sha256 } from "../../domain/values/sha256.ts";
import type { ContentStore } from "./content-store.ts";
import { gatherEnvironment, scriptSource } from "./published-environment.ts";
import type { ScriptRenderer } from "./renderer.ts";
import { ScriptInputs } from "./script-inputs.ts";

/**
 * Renders a script that was served before, from nothing but what was kept. `inputs` is the digest that
 * BootScriptServed names; the text is byte for byte the one whose digest it also names.
 *
 * @throws ContentMissingError
 * @throws RenderError
 */
export async function renderPastScript(
  inputs: Sha256,
  { content, renderer }: { readonly content: ContentStore; readonly renderer: ScriptRenderer },
): Promise<string> {
  const recorded = ScriptInputs.parse(JSON.parse((await content.read(inputs)).toString("utf8")));
  const source = scriptSource(await gatherEnvironment(recorded.environment, content), recorded.format);
  if (!source) throw new Error(`${recorded.environment.name} has no script for ${recorded.format}`);
  return renderer.render({ source, inputs: recorded });
}
