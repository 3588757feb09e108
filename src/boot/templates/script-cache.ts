import { createGenerationMap } from "../generation-map.ts";
import { compileScript, TemplateError } from "./render-script.ts";
import type { RenderAnswer, RenderJob } from "./renderer.ts";
import type { ScriptInputs } from "./script-inputs.ts";

/** Most environments kept compiled: current ones and those that runs are still pinned to. */
const compiledMax = 64;

/** What the render thread does with a job. Environments are compiled once per digest. Throws only on a bug. */
export function cachingRenderer(): (job: RenderJob) => RenderAnswer {
  const compiled = createGenerationMap<string, (inputs: ScriptInputs) => string>(compiledMax);

  return ({ source, inputs }) => {
    const { digest } = inputs.environment;
    try {
      const render = compiled.get(digest) ?? compileScript(source);
      compiled.set(digest, render);
      return { outcome: "rendered", text: render(inputs) };
    } catch (error) {
      if (error instanceof TemplateError) return { outcome: "failed", message: error.message };
      throw error;
    }
  };
}
