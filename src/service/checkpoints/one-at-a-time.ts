import type { Logger } from "pino";

/** A round while another is under way is left out. A failure is told once, until it is over or becomes another. */
export function oneAtATime(round: () => Promise<void>, log: Pick<Logger, "error">): () => void {
  let isBusy = false;
  let told = "";
  return () => {
    if (isBusy) return;
    isBusy = true;
    round()
      .then(
        () => {
          told = "";
        },
        (err: unknown) => {
          if (String(err) !== told)
            log.error({ err }, "the log could not be signed: tried again each second");
          told = String(err);
        },
      )
      .finally(() => {
        isBusy = false;
      });
  };
}
