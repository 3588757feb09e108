import { z } from "zod";
import { type Asked, type Recorder, steadyMs } from "../history/recorder.ts";
import type { LoadClient, Target } from "./client.ts";
import { positionNumber } from "./position-number.ts";

/** Changes of one machine before the client goes on with a new one, so that no stream becomes long. */
const changesOfMachine = 20;

const Payload = z.object({
  userErrors: z.array(z.object({ code: z.string(), message: z.string() })),
  position: z.string().nullable(),
  machine: z.object({ machineId: z.string() }).nullable(),
});
const Answer = z.object({
  data: z.object({ done: Payload }).nullish(),
  errors: z.array(z.unknown()).nullish(),
});

/** An operator's program: registers a machine, changes its labels a few times, and goes on with the next. */
export function createApiClient(index: number, recorder: Recorder): LoadClient {
  const name = `operator-${index}`;
  const steps = stepsOf(index);
  let machineId = "";
  let step = steps.next().value;
  let asked: Asked | undefined;

  async function ask(target: Target, signal: AbortSignal): Promise<void> {
    asked ??= recorder.ask(name, step.key);
    const input = { ...step.input(machineId), idempotencyKey: step.key };
    const payload = await send(target, { mutation: step.mutation, input, signal });
    const [refusal] = payload.userErrors;
    if (refusal) throw new Error(`${step.key} was refused: ${refusal.code}: ${refusal.message}`);
    const position = payload.position === null ? undefined : positionNumber(payload.position);
    asked.end({
      outcome: "acknowledged",
      endedMs: steadyMs(),
      position: step.isOneEvent ? position : undefined,
    });
    asked = undefined;
    machineId = payload.machine?.machineId ?? machineId;
    step = steps.next().value;
  }

  return {
    async run(target, signal) {
      try {
        while (!signal.aborted) await ask(target, signal);
      } catch (error) {
        // Nobody answered, or not to the end: what was asked for is asked for again, of the next service.
        if (!(error instanceof NoAnswer)) throw error;
      }
    },
  };
}

/** Nobody told what became of a request. */
class NoAnswer extends Error {
  override readonly name = "NoAnswer";
}

interface Step {
  readonly mutation: "registerMachine" | "labelMachine";
  /** Of the request, and of what it leaves in the log. */
  readonly key: string;
  /** The answer's position is that of the one event that it leaves. */
  readonly isOneEvent: boolean;
  input(machineId: string): object;
}

function* stepsOf(client: number): Generator<Step, never> {
  for (let machine = 0; ; machine++) {
    const mac = `02:fa:${hexOctet(client)}:${hexOctet(machine >> 16)}:${hexOctet(machine >> 8)}:${hexOctet(machine)}`;
    yield {
      mutation: "registerMachine",
      key: registrationKey(mac),
      isOneEvent: false,
      input: () => ({ macs: [mac] }),
    };
    for (let change = 1; change <= changesOfMachine; change++) {
      const value = `${client}-${machine}-${change}`;
      yield {
        mutation: "labelMachine",
        key: labelKey(value),
        isOneEvent: true,
        input: (machineId) => ({ machineId, set: [{ key: "fault", value }] }),
      };
    }
  }
}

function registrationKey(mac: string): string {
  return `registration of ${mac}`;
}

function labelKey(value: string): string {
  return `label ${value}`;
}

/** The request that an event is the effect of. */
export function keyOfApiEvent(type: string, data: Readonly<Record<string, unknown>>): string | undefined {
  if (type === "MachineRegistered") return registrationKey((data["macs"] as readonly string[])[0] ?? "");
  if (type !== "LabelsChanged") return undefined;
  const { fault } = data["set"] as { readonly fault?: string };
  return fault === undefined ? undefined : labelKey(fault);
}

interface Mutation {
  readonly mutation: Step["mutation"];
  readonly input: object;
  readonly signal: AbortSignal;
}

/** @throws NoAnswer when nobody says whether it was done */
async function send(target: Target, { mutation, input, signal }: Mutation): Promise<z.infer<typeof Payload>> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const fields = "userErrors { code message } position machine { machineId }";
  const query = `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { ${fields} } }`;
  const answer = await post(target, JSON.stringify({ query, variables: { input } }), signal);
  if (answer.data && !answer.errors) return answer.data.done;
  throw new NoAnswer(JSON.stringify(answer.errors));
}

async function post(
  { api, token }: Target,
  body: string,
  signal: AbortSignal,
): Promise<z.infer<typeof Answer>> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  try {
    const response = await fetch(api, { method: "POST", headers, body, signal });
    return Answer.parse(await response.json());
  } catch (error) {
    if (error instanceof z.ZodError) throw error;
    throw new NoAnswer("the connection broke", { cause: error });
  }
}

function hexOctet(number: number): string {
  return (number & 255).toString(16).padStart(2, "0");
}
