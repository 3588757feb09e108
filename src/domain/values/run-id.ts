import { z } from "zod";

/**
 * Names one run: one attempt to bring one machine into a wanted state, from the boot intent to its end.
 * It is also the correlation id of everything that happens because of the run.
 */
export const RunId = z.uuid().brand<"RunId">();
export type RunId = z.infer<typeof RunId>;
