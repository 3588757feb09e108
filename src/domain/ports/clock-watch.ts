/** Puts changes of the host's wall clock into the log. */
export interface ClockWatch {
  /**
   * Records what the clock did since it was looked at last, if that was a change. One that cannot be recorded now is
   * found again by the next call.
   *
   * @throws EventStoreError, or Error when the log refuses
   */
  recordStep(): Promise<void>;
}
