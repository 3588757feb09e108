import { resolve } from "node:path";
import type { Command } from "commander";
import type { Row } from "../api/api.ts";
import { type Context, readContexts, writeContexts } from "../config/file.ts";
import { configFileIn, serverUrl } from "../config/target.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type OutputOptions, withOutput } from "../options.ts";
import { printRows } from "../output/print-rows.ts";
import { type GlobalOptions, onAction, type Session } from "../session.ts";

const columns = [
  { name: "current", path: "current" },
  { name: "name", path: "name" },
  { name: "server", path: "server" },
  { name: "token", path: "token" },
  { name: "ca", path: "ca" },
] as const;

/** `context`: the services that you work with. */
export function addCommands(parent: Command, host: Host): void {
  const list = withOutput(
    parent.command("list").alias("ls").description("list contexts; tokens are not shown"),
  );
  onAction<OutputOptions>(list, host, listContexts);

  const use = parent.command("use").description("use a context from now on").argument("<name>");
  onAction(use, host, async (session, { args: [name = ""] }) => {
    const { contexts } = await contextsOf(session);
    if (!Object.hasOwn(contexts, name)) throw usageError(`there is no context ${name}`, known(contexts));
    await writeContexts(configFileIn(session.environment), { current: name, contexts });
    session.note(`${name} is in use`);
  });

  const set = parent
    .command("set")
    .description("make or change a context; --server and --token-file say what it is to have")
    .argument("<name>")
    .option("--ca <file>", "authorities to trust, PEM")
    .option("--use", "use it from now on");
  onAction<GlobalOptions & { readonly ca?: string; readonly use?: boolean }>(set, host, setContext);

  const remove = parent.command("remove").description("forget a context and its token").argument("<name>");
  onAction(remove, host, async (session, { args: [name = ""] }) => {
    const { current, contexts } = await contextsOf(session);
    const { [name]: removed, ...others } = contexts;
    if (!removed) throw usageError(`there is no context ${name}`, known(contexts));
    const next = current === name ? undefined : current;
    await writeContexts(configFileIn(session.environment), { current: next, contexts: others });
    session.note(`${name} is forgotten`);
  });
}

async function listContexts(
  session: Session,
  { options }: { readonly options: OutputOptions },
): Promise<void> {
  const { current, contexts } = await contextsOf(session);
  const rows: readonly Row[] = Object.entries(contexts).map(([name, { server, token, tokenFile, ca }]) => ({
    current: name === current ? "*" : null,
    name,
    server,
    token: token === undefined ? (tokenFile ?? null) : "(kept here)",
    ca: ca ?? null,
  }));
  const nameOf = ({ name }: Row) => `context/${name}`;
  await printRows(session, rows, { options, columns, nameOf });
}

/** The first context is used from now on; another one when it is told to be. */
async function setContext(
  session: Session,
  {
    args: [name = ""],
    options,
  }: {
    readonly args: readonly string[];
    readonly options: GlobalOptions & { readonly ca?: string; readonly use?: boolean };
  },
): Promise<void> {
  const { current, contexts } = await contextsOf(session);
  const before: Partial<Context> = (Object.hasOwn(contexts, name) && contexts[name]) || {};
  const server = options.server ?? before.server;
  if (server === undefined)
    throw usageError("where is the service?", `--server URL, such as http://127.0.0.1:8090`);
  const { token, ...kept } = before;
  const moved = before.server !== undefined && serverUrl(before.server).origin !== serverUrl(server).origin;
  const context: Context = {
    ...kept,
    // A token is for the service that it came from.
    ...(token !== undefined && options.tokenFile === undefined && !moved && { token }),
    server: serverUrl(server).origin,
    ...(options.tokenFile !== undefined && { tokenFile: resolve(options.tokenFile) }),
    ...(options.ca !== undefined && { ca: resolve(options.ca) }),
  };
  const next = options.use ? name : (current ?? name);
  await writeContexts(configFileIn(session.environment), {
    current: next,
    contexts: { ...contexts, [name]: context },
  });
  session.note(`${name} is ${context.server}${next === name ? ", and in use" : ""}`);
}

function contextsOf({ environment }: Session) {
  return readContexts(configFileIn(environment));
}

function known(contexts: Readonly<Record<string, Context>>): string {
  return `there are: ${Object.keys(contexts).join(", ") || "none"}`;
}
