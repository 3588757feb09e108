/** Which events of a log a file is to hold. Numbers of events, counted from 1. */
export interface ExportRange {
  /** The event that the file begins after; 0: it begins with the log. */
  readonly after: number;
  /** The last event of the file. */
  readonly through: number;
  /**
   * The last event that whoever asks has from a file of this range which was cut short: the text goes on right
   * behind its line, so that both parts together are the whole file, octet by octet. (Default: they have nothing)
   */
  readonly resumeAfter?: number | undefined;
}
