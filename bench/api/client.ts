import { Agent, request } from "node:http";
import { z } from "zod";

const Answer = z.object({ data: z.unknown(), errors: z.array(z.unknown()).optional() });

/** Asks the API. @throws Error when it answers with errors */
export type Ask = (query: string, variables?: object) => Promise<unknown>;

/** A client with connections that stay open, as every client of a busy API has. */
export function createClient(api: string, token: string): { readonly ask: Ask; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  return {
    async ask(query, variables = {}) {
      const text = await post({ api, agent, token }, JSON.stringify({ query, variables }));
      const { data, errors } = Answer.parse(JSON.parse(text));
      if (errors) throw new Error(`the API answers ${JSON.stringify(errors).slice(0, 500)}`);
      return data;
    },
    close: () => agent.destroy(),
  };
}

interface Way {
  readonly api: string;
  readonly agent: Agent;
  readonly token: string;
}

function post({ api, agent, token }: Way, body: string): Promise<string> {
  const headers = {
    authorization: `Bearer ${token}`,
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request(api, { method: "POST", agent, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve(Buffer.concat(parts).toString()));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
