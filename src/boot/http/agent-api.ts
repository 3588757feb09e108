import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { MachineId } from "../../domain/values/machine-id.ts";
import { RunId } from "../../domain/values/run-id.ts";
import { HelloBody, InventoryBody, ResultBody, StageBody } from "./agent-bodies.ts";
import {
  type AgentDeskOptions,
  type AgentVisit,
  recordForgottenRun,
  visitOfDiscovery,
  visitOfRun,
} from "./agent-desk.ts";
import type { DiscoveryTicket, RunEndpoint } from "./agent-tokens.ts";
import { type Answer, bearerToken, notFound, parseBody, send, sourceOf } from "./answer.ts";
import { giveTask, inventoryLimit, takeInventory } from "./discovery-desk.ts";
import { sendFile } from "./files.ts";
import { findImage, type RunVisit, takeHello, takeResult, takeStage } from "./run-desk.ts";

/**
 * What agents speak. A request without the right token ends before its body is read, with the answer that a
 * machine or run nobody knows would get.
 */
export function agentApi(app: FastifyInstance, options: AgentDeskOptions): void {
  discoveryRoutes(app, options);
  runRoutes(app, options);
}

interface MachinePath {
  Params: { machine: string };
}

interface RunPath {
  Params: { run: string };
}

function discoveryRoutes(app: FastifyInstance, options: AgentDeskOptions): void {
  const ticketOf = (request: FastifyRequest<MachinePath>): DiscoveryTicket | undefined => {
    const machineId = MachineId.safeParse(request.params.machine).data;
    return machineId && options.tokens.readDiscovery(bearerToken(request), machineId);
  };
  const onRequest = async (request: FastifyRequest<MachinePath>, reply: FastifyReply) =>
    ticketOf(request) ? undefined : send(reply, notFound);
  const visitOf = async (request: FastifyRequest<MachinePath>): Promise<AgentVisit | undefined> => {
    const ticket = ticketOf(request);
    const address = sourceOf(request);
    return ticket && address && visitOfDiscovery(ticket, address, options);
  };

  const admitChange = inventoryLimit();
  const act = (visit: AgentVisit, body: z.infer<typeof InventoryBody>) =>
    takeInventory(visit, body, { ...options, admitChange });
  app.post<MachinePath>("/agent/v1/discoveries/:machine/inventory", { onRequest }, async (request, reply) =>
    send(reply, await answer(request, { schema: InventoryBody, visitOf, options, act })),
  );

  app.get<MachinePath>("/agent/v1/discoveries/:machine/task", { onRequest }, async (request, reply) => {
    const visit = await visitOf(request);
    return send(reply, visit ? giveTask(visit, options) : notFound);
  });
}

function runRoutes(app: FastifyInstance, options: AgentDeskOptions): void {
  const guard = (endpoint: RunEndpoint) => async (request: FastifyRequest<RunPath>, reply: FastifyReply) => {
    const run = RunId.safeParse(request.params.run).data;
    return run && options.tokens.isForRun(bearerToken(request), run, endpoint)
      ? undefined
      : send(reply, notFound);
  };
  const visitOf = async (request: FastifyRequest<RunPath>): Promise<RunVisit | undefined> => {
    const run = RunId.safeParse(request.params.run).data;
    const address = sourceOf(request);
    if (!run || !address) return undefined;
    const visit = await visitOfRun(run, address, options);
    if (!visit) recordForgottenRun(run, address, options);
    return visit && { ...visit, run };
  };

  app.post<RunPath>("/agent/v1/runs/:run/hello", { onRequest: guard("hello") }, async (request, reply) =>
    send(reply, await answer(request, { schema: HelloBody, visitOf, options, act: takeHello })),
  );
  app.post<RunPath>("/agent/v1/runs/:run/stages", { onRequest: guard("report") }, async (request, reply) =>
    send(reply, await answer(request, { schema: StageBody, visitOf, options, act: takeStage })),
  );
  app.post<RunPath>("/agent/v1/runs/:run/result", { onRequest: guard("report") }, async (request, reply) =>
    send(reply, await answer(request, { schema: ResultBody, visitOf, options, act: takeResult })),
  );
  app.route<RunPath>({
    method: ["GET", "HEAD"],
    url: "/agent/v1/runs/:run/image",
    onRequest: guard("image"),
    handler: async (request, reply) => {
      const visit = await visitOf(request);
      const file = visit && (await findImage(visit, options));
      if (!file) return send(reply, notFound);
      const onWhole = () => observeImage(visit, file.bytes, options);
      return sendFile(request, reply, { file, onWhole, onError: options.onError });
    },
  });
}

/** Body, then visitor, then what is to be done: a bad body is told as such only to who showed a token. */
async function answer<Request extends { readonly body: unknown }, Visit, Body>(
  request: Request,
  {
    schema,
    visitOf,
    options,
    act,
  }: {
    readonly schema: z.ZodType<Body>;
    readonly visitOf: (request: Request) => Promise<Visit | undefined>;
    readonly options: AgentDeskOptions;
    readonly act: (visit: Visit, body: Body, options: AgentDeskOptions) => Promise<Answer>;
  },
): Promise<Answer> {
  const parsed = parseBody(schema, request.body);
  if ("invalid" in parsed) return parsed.invalid;
  const visit = await visitOf(request);
  return visit === undefined ? notFound : act(visit, parsed.body, options);
}

function observeImage(
  { mac, address, machine, meta }: RunVisit,
  bytes: number,
  { observer }: AgentDeskOptions,
): void {
  if (machine.status !== "deploying") return;
  const { image } = machine.plan;
  // The digest of the plan is that of the unpacked image: only of a raw one it is the file's, too.
  const sha256 = image.format === "raw" ? image.sha256 : null;
  const data = { file: image.file, protocol: "http" as const, address, bytes, sha256 };
  observer.observe({ mac, event: { type: "BootFileServed", data }, meta });
}
