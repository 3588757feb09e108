import { z } from "zod";
import type { Target } from "../load/client.ts";
import { patiently } from "./patiently.ts";

const Answer = z.object({ reasons: z.array(z.object({ code: z.string(), detail: z.string() })) });

/** Why a service says that it is not ready, and what is about it; none: it is. */
async function reasonsOf({ api, token }: Target): Promise<z.infer<typeof Answer>["reasons"]> {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(new URL("/readyz/details", api), { headers });
  return Answer.parse(await response.json()).reasons;
}

/** Waits until a service says that it is not ready, for that reason among others. */
export async function untilUnready(target: Target, reason: string): Promise<void> {
  await patiently(async () => (await reasonsOf(target)).some(({ code }) => code === reason) || undefined);
}

/** Waits until a service says that nothing is wrong with it any more. `mend`: what somebody does about it meanwhile. */
export async function untilReady(target: Target, mend?: (target: Target) => Promise<unknown>): Promise<void> {
  let reasons: Awaited<ReturnType<typeof reasonsOf>> = [];
  await patiently(async () => {
    await mend?.(target);
    reasons = await reasonsOf(target);
    return reasons.length === 0 || undefined;
  }).catch((error: unknown) => {
    throw new Error(`the service stays not ready: ${JSON.stringify(reasons)}`, { cause: error });
  });
}
