import type { Row } from "../api/api.ts";

/** What a text must be to pass a filter: this one, or with a `*` at the end anything that begins so. */
export function textTest(text: string): Row {
  return text.endsWith("*") ? { prefix: text.slice(0, -1) } : { eq: text };
}
