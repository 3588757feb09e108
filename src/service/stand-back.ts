import { platform, setPriority } from "node:os";

/**
 * Lets the thread that calls this stand back behind the others when all of them want a processor.
 *
 * @param nice 0, like everybody, to 19: it has a processor when nobody else wants it
 * @param onForbidden told that a sandbox forbids it: then it takes its share, and everything works all the same. (Default:
 * nobody is)
 */
export function standBack(nice: number, onForbidden: (error: unknown) => void = () => undefined): void {
  // On Linux it is a thread that has a priority, on other systems the whole process.
  if (platform() !== "linux") return;
  try {
    setPriority(nice);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ERR_SYSTEM_ERROR") throw error;
    onForbidden(error);
  }
}
