import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Target } from "../api/target.ts";
import type { Environment } from "../environment.ts";
import { Failure, usageError } from "../failure.ts";
import { type Context, readContexts } from "./file.ts";

/** Where a service is when nobody says otherwise: the default of its configuration. */
const defaultServer = "http://127.0.0.1:8090";

/** What the command line says of the service to ask. */
export interface TargetOptions {
  readonly server?: string;
  readonly context?: string;
  readonly tokenFile?: string;
}

/** The file of contexts. */
export function configFileIn({ configDirectory }: Environment): string {
  return join(configDirectory, "config.yaml");
}

/**
 * The service to ask. The command line goes before the environment, that before the context in use, and that before
 * the default. A context that the command line names goes before the environment too.
 *
 * A context's token is for the context's server: it is never sent to another that a flag or the environment names.
 *
 * @throws Failure
 */
export async function resolveTarget(options: TargetOptions, environment: Environment): Promise<Target> {
  const context = await chosenContext(options, environment);
  const variables = options.context === undefined ? environment : undefined;
  const server = serverUrl(options.server ?? variables?.server ?? context?.server ?? defaultServer);
  const own =
    context !== undefined && serverUrl(context.server).origin === server.origin ? context : undefined;
  if (own?.ca !== undefined) await trust(own.ca);
  return { server, ...tokenFor({ options, variables, own }) };
}

async function chosenContext(
  options: TargetOptions,
  environment: Environment,
): Promise<(Context & { readonly name: string }) | undefined> {
  const { current, contexts } = await readContexts(configFileIn(environment));
  const name = options.context ?? environment.context ?? current;
  if (name === undefined) return undefined;
  const context = Object.hasOwn(contexts, name) ? contexts[name] : undefined;
  if (context) return { name, ...context };
  const known = Object.keys(contexts).join(", ") || "none";
  throw usageError(`there is no context ${name}`, `there are: ${known}; ironledger context set makes one`);
}

/** The address of a server. @throws Failure */
export function serverUrl(text: string): URL {
  const url = URL.parse(text);
  if (url && ["http:", "https:"].includes(url.protocol) && url.username === "" && url.password === "")
    return url;
  const guess = /^[\w.-]+(?::\d+)?$/.test(text) ? `http://${text}` : defaultServer;
  throw usageError(`${text} is no address of a server`, `write it like ${guess}`);
}

function tokenFor({
  options,
  variables,
  own,
}: {
  readonly options: TargetOptions;
  readonly variables: Environment | undefined;
  readonly own: Context | undefined;
}): Pick<Target, "token" | "tokenSource"> {
  const file = options.tokenFile ?? variables?.tokenFile;
  if (file !== undefined) return tokenIn(file);
  if (variables?.token !== undefined) return tokenOf(variables.token, "IRONLEDGER_TOKEN");
  if (own?.token !== undefined) return tokenOf(own.token, "the context's token");
  return own?.tokenFile === undefined ? { token: undefined } : tokenIn(own.tokenFile);
}

function tokenIn(file: string): Pick<Target, "token" | "tokenSource"> {
  return tokenOf(readText(file, "token"), file);
}

function tokenOf(text: string, tokenSource: string): Pick<Target, "token" | "tokenSource"> {
  return { token: plainToken(text, tokenSource), tokenSource };
}

/** The token as a header can carry it. @throws Failure which does not show it */
export function plainToken(text: string, source: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw usageError(`${source} holds no token: expected one word of printable ASCII`);
}

async function trust(file: string): Promise<void> {
  const pem = readText(file, "authorities");
  const { trustAuthorities } = await import("../api/trust.ts");
  try {
    trustAuthorities(pem);
  } catch (error) {
    throw usageError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readText(file: string, what: "token" | "authorities"): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new Failure("usage", `the file of the ${what} cannot be read: ${detail}`, {
      code: "FILE_UNREADABLE",
      cause: error,
    });
  }
}
