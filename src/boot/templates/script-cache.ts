import { createGenerationMap } from "../generation-map.ts";
import { compileScript, TemplateError } from "./render-script.ts";
import type { RenderAnswer, RenderJob } from "./renderer.ts";
import type { ScriptInputs } from "./script-inputs.ts";

/** Most scripts kept compiled: current ones and those that runs are still pinned to. */
const compiledMax = 64;

/** What the render thread does with a job. Scripts are compiled once per digest of their environment. Throws only on a bug. */
export function cachingRenderer(): (job: RenderJob) => RenderAnswer {
  const compiled = createGenerationMap<string, (inputs: ScriptInputs) => string>(compiledMax);

  return ({ source, inputs }) => {
    const key = `${inputs.environment.digest} ${source.format}`;
    try {
      const render = compiled.get(key) ?? compileScript(source);
      compiled.set(key, render);
      return { outcome: "rendered", text: render(inputs) };
    } catch (error) {
      if (error instanceof TemplateError) return { outcome: "failed", message: error.message };
      throw error;
    }
  };
}
