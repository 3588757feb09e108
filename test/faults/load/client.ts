/** The service as it runs now: what a client needs of it. */
export interface Target {
  /** Address of the GraphQL endpoint. */
  readonly api: string;
  readonly token: string;
}

/**
 * A client that asks for one thing after the other, and asks again for the same as long as nobody told it what became of
 * it, also of the next service.
 */
export interface LoadClient {
  /** Asks until `signal` aborts or nobody answers any more. */
  run(target: Target, signal: AbortSignal): Promise<void>;
}
