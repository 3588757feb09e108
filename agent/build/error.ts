/** The agent could not be built. The message names the value that is wrong and, where there is one, the remedy. */
export class AgentBuildError extends Error {
  override readonly name = "AgentBuildError";
}
