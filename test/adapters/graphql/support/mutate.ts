import { expect } from "vitest";
import type { TestApi } from "./api.ts";

/** All that a plan tells. */
export const planFields =
  "plan { events { stream revision type data } eventCount changes { subject path before after } diff }";

export interface Sent {
  readonly name: string;
  readonly input: object;
  /** What to ask of the payload besides what all payloads have. (Default: nothing) */
  readonly fields?: string;
}

/** Sends a mutation, and returns its payload. No error of the API may come. */
export async function mutate(api: Pick<TestApi, "ask">, { name, input, fields = "" }: Sent) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const { data, errors } = await api.ask(
    `mutation ($input: ${type}!) { ${name}(input: $input) {
      userErrors { code message field remedy } position correlationId ${fields}
    } }`,
    { input },
  );
  expect(errors).toEqual([]);
  return data[name];
}
