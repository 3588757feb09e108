import type { BuildProgress } from "./build-progress.ts";

/** A view is being built, and nothing else can answer for it. Worth retrying when it is done. */
export class ProjectionBuildingError extends Error {
  override readonly name = "ProjectionBuildingError";
  readonly code = "PROJECTION_BUILDING";
  readonly view: string;
  readonly progress: BuildProgress;

  constructor(view: string, progress: BuildProgress) {
    super(`the view ${view} is being built and answers when it is done: ${describe(progress)}`);
    this.view = view;
    this.progress = progress;
  }
}

function describe({ events, total, etaSeconds }: BuildProgress): string {
  const left = etaSeconds === undefined ? "" : `, about ${Math.ceil(etaSeconds)} s to go`;
  return `it has ${events} of ${total} events${left}`;
}
