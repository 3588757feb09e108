/** What is wrong with one key. */
export interface ConfigProblem {
  /** `api.port`; or what stands in its place: a file, an unknown flag. */
  readonly key: string;
  /** Where the value came from, such as `--api-port`; `undefined`: from nowhere. */
  readonly origin?: string;
  readonly message: string;
  /** What to write instead. */
  readonly remedy?: string;
}

/** The configuration cannot be used. `message` names each key, its value and what to write instead. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(describeProblem).join("; "));
    this.problems = problems;
  }
}

/** One line for a person. */
export function describeProblem({ key, origin, message, remedy }: ConfigProblem): string {
  const from = origin === undefined ? "" : ` (${origin})`;
  const cure = remedy === undefined ? "" : `. ${remedy}`;
  return `${key}${from}: ${message}${cure}`;
}
