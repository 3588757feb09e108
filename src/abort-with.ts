/**
 * A controller that aborts when a signal does, and may abort before. Cheaper than `AbortSignal.any`, whose signal is
 * looked at anew each time that somebody asks whether it has aborted.
 */
export function abortWith(signal: AbortSignal): AbortController {
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  if (signal.aborted) abort();
  // The listener goes when the controller aborts by itself.
  else signal.addEventListener("abort", abort, { once: true, signal: controller.signal });
  return controller;
}
