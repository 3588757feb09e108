import { z } from "zod";

/** What the API answers: data or errors (GraphQL over HTTP). */
const Answer = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.object({ message: z.string() })).nullish(),
});

/** The part of a mutation's payload that says whether it was accepted. */
const Payload = z.object({ userErrors: z.array(z.object({ code: z.string(), message: z.string() })) });

/** The API refused, or could not be asked. */
export class GraphqlError extends Error {
  override readonly name = "GraphqlError";
}

/** Somebody with a token for the API. */
export interface GraphqlClient {
  /** One mutation by its name. @throws GraphqlError unless it was accepted */
  mutate(name: string, input: object): Promise<void>;
}

/** A mutation of one input, which asks whether it was accepted. `ApproveMachineInput` is `approveMachine`'s. */
export function mutationDocument(name: string): string {
  const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${inputType}!) { ${name}(input: $input) { userErrors { code message } } }`;
}

/** `api`: base address of the API listener. */
export function createGraphqlClient({
  api,
  token,
}: {
  readonly api: string;
  readonly token: string;
}): GraphqlClient {
  async function ask(query: string, variables: object): Promise<Readonly<Record<string, unknown>>> {
    const response = await fetch(new URL("/graphql", api), {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    const answer = Answer.safeParse(jsonOf(text)).data;
    if (answer?.data && !answer.errors?.length) return answer.data;
    const detail = answer?.errors?.map(({ message }) => message).join("; ") ?? text.slice(0, 200);
    throw new GraphqlError(`status ${response.status}: ${detail}`);
  }

  return {
    async mutate(name, input) {
      const data = await ask(mutationDocument(name), { input });
      const [refusal] = Payload.parse(data[name]).userErrors;
      if (refusal) throw new GraphqlError(`${name}: ${refusal.code}: ${refusal.message}`);
    },
  };
}

/** `undefined` when it is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A proxy's or a listener's page for people: the caller shows its beginning.
    return undefined;
  }
}
