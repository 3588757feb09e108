import { z } from "zod";
import {
  HelloAnswer,
  InvalidAnswer,
  InventoryAnswer,
  NotFoundAnswer,
  ReportAnswer,
  TaskAnswer,
  UnavailableAnswer,
} from "./agent-answers.ts";
import { HelloBody, InventoryBody, ResultBody, StageBody } from "./agent-bodies.ts";

/** One route of the boot listener, as its document tells of it. */
interface DocumentedRoute {
  readonly method: "get" | "head" | "post";
  /** With parameters in braces. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** The bearer token that it takes; `undefined`: the nonce in the path is what counts. */
  readonly token?: "discovery" | "hello" | "report" | "image";
  readonly body?: z.ZodType;
  /** Of the answer with 200: JSON of this shape, or text, or a file. */
  readonly answer: z.ZodType | "text" | "file";
}

const discovery = "/agent/v1/discoveries/{machine}";
const run = "/agent/v1/runs/{run}";

/** Every route of the boot listener. */
const routes: readonly DocumentedRoute[] = [
  {
    method: "get",
    path: "/boot/{nonce}/script.ipxe",
    summary: "The iPXE script of a boot",
    description:
      "Rendered for the machine at this moment. The nonce comes in a DHCP answer and is bound to its address.",
    answer: "text",
  },
  ...fileRoutes({
    path: "/boot/{nonce}/files/{environment}/{version}/{name}",
    summary: "A file of a boot environment",
    description: "Ranges and `If-None-Match` are understood.",
  }),
  ...fileRoutes({
    path: "/boot/{nonce}/loaders/{name}",
    summary: "A boot loader",
    description: "For firmware that boots by HTTP.",
  }),
  {
    method: "post",
    path: `${discovery}/inventory`,
    summary: "Report what a machine is made of",
    description: "An inventory that is already known records nothing.",
    token: "discovery",
    body: InventoryBody,
    answer: InventoryAnswer,
  },
  {
    method: "get",
    path: `${discovery}/task`,
    summary: "Ask what to do",
    description: "The discovery agent asks until there is something else to boot into.",
    token: "discovery",
    answer: TaskAnswer,
  },
  {
    method: "post",
    path: `${run}/hello`,
    summary: "Begin a run",
    description:
      "Consumes the boot intent. The same agent may ask again and gets the same answer; another one gets none.",
    token: "hello",
    body: HelloBody,
    answer: HelloAnswer,
  },
  {
    method: "post",
    path: `${run}/stages`,
    summary: "Report how far a run is",
    description: "Stages come in their order; one that was reported before records nothing.",
    token: "report",
    body: StageBody,
    answer: ReportAnswer,
  },
  {
    method: "post",
    path: `${run}/result`,
    summary: "End a run",
    description: "The image was written and read back with this digest, or why it was not.",
    token: "report",
    body: ResultBody,
    answer: ReportAnswer,
  },
  ...fileRoutes({
    path: `${run}/image`,
    summary: "The image of a run",
    description: "While the run may write it. Ranges and `If-None-Match` are understood.",
    token: "image",
  }),
];

/**
 * The OpenAPI 3.1 document of what machines speak over HTTP, made of the schemas that the handlers parse with.
 * `version`: of Ironledger.
 */
export function bootApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const methods = paths[route.path] ?? {};
    methods[route.method] = operationOf(route);
    paths[route.path] = methods;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Ironledger boot and agent endpoints",
      version,
      description:
        "What machines ask of the `boot` listener, which is not the listener that serves this page. Everything that is wrong with a token or a nonce is answered as if there were nothing.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "http://boot.invalid:8080", description: "The address and HTTP port of `wire`" }],
    paths,
    components: {
      securitySchemes: { token: { type: "http", scheme: "bearer", description: "Of one machine or run." } },
    },
  };
}

function fileRoutes(route: Omit<DocumentedRoute, "method" | "answer">): readonly DocumentedRoute[] {
  return (["get", "head"] as const).map((method) => ({ ...route, method, answer: "file" }));
}

function operationOf({ path, method, summary, description, token, body, answer }: DocumentedRoute): object {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  return {
    operationId: [method, ...path.split(/\W+/).filter((part) => part !== "")].join("_"),
    summary,
    description,
    ...(token && { security: [{ token: [] }] }),
    parameters: names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    ...(body && { requestBody: { required: true, content: json(body) } }),
    responses: {
      200: { description: "As asked for.", ...contentOf(method, answer) },
      ...(answer === "file" && fileStatuses),
      ...(body && { 400: refusal("The body is not of this form.", InvalidAnswer) }),
      ...(body && { 413: refusal("The body is too large.", InvalidAnswer) }),
      404: refusal("There is nothing, or nothing for this caller.", NotFoundAnswer),
      503: refusal("The log takes nothing now. `Retry-After` says when to try again.", UnavailableAnswer),
    },
  };
}

const fileStatuses = {
  206: { description: "The part of the file that `Range` names." },
  304: { description: "The file is the one that `If-None-Match` names." },
  416: { description: "The file has no such part." },
};

function contentOf(method: DocumentedRoute["method"], answer: DocumentedRoute["answer"]): object {
  if (method === "head") return {};
  if (answer === "text") return { content: { "text/plain": { schema: { type: "string" } } } };
  if (answer === "file") return { content: { "application/octet-stream": {} } };
  return { content: json(answer) };
}

function refusal(description: string, schema: z.ZodType): object {
  return { description, content: json(schema) };
}

function json(schema: z.ZodType): object {
  // `$schema` is for documents of their own; this one says once which dialect it speaks.
  const { $schema: _dialect, ...shape } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return { "application/json": { schema: shape } };
}
