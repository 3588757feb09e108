import { type Logger, pino } from "pino";
import { logLine } from "./log-line.ts";

/**
 * One JSON object a line on standard error: standard output is for what programs read. What is a secret by its form
 * or by its name leaves no thread, wherever in a line it stands.
 */
export function createLogger(level: string, thread: string): Logger {
  const hooks = { streamWrite: logLine };
  return pino({ level, base: { thread }, hooks }, pino.destination({ fd: 2, sync: true }));
}
