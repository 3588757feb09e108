/**
 * With what the server's process ends. Supervisors decide by it whether to start it again: never after
 * `unusable` or `logRefused`, because the same would happen again until a person did something.
 */
export const exitCodes = {
  /** It was told to stop, and finished what was under way in time. Also: what was asked for was told. */
  stopped: 0,
  /** It failed while it ran, or a stop took longer than `stopSeconds`. */
  failed: 1,
  /** The command line or the configuration cannot be used, or Node is too old. */
  unusable: 2,
  /** It could not start: a port is taken, a directory cannot be used, another service has the log. */
  notStarted: 3,
  /** The log is damaged, or was written by a newer version. */
  logRefused: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
