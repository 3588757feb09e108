import { z } from "zod";
import type { Target } from "../load/client.ts";

const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.unknown().optional(),
});

/** Runs a query or a mutation. @throws Error when it is not answered */
export async function askService({ api, token }: Target, query: string): Promise<Record<string, unknown>> {
  const response = await fetch(api, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = Answer.parse(await response.json());
  if (!data || errors) throw new Error(`the API answers ${JSON.stringify(errors)}`);
  return data;
}
