import { type Logger, pino } from "pino";

/** One JSON object a line on standard error: standard output is for what programs read. */
export function createLogger(level: string, thread: string): Logger {
  return pino({ level, base: { thread } }, pino.destination({ fd: 2, sync: true }));
}
