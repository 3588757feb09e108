import { spawn } from "node:child_process";
import type { Command } from "commander";
import { createApi } from "../api/api.ts";
import type { Target } from "../api/target.ts";
import { readContexts, writeContexts } from "../config/file.ts";
import { configFileIn, plainToken, resolveTarget } from "../config/target.ts";
import { usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { cellText, valueAt } from "../output/cell.ts";
import { type GlobalOptions, onAction, type Session } from "../session.ts";
import { viewerDocument } from "./whoami.ts";

interface Options extends GlobalOptions {
  readonly tokenStdin?: boolean;
  readonly browser: boolean;
}

/** `login`: a token in the context, readable by its owner alone. */
export function addCommands(command: Command, host: Host): void {
  command
    .option("--token-stdin", "read the token from stdin, instead of asking in a browser")
    .option("--no-browser", "only print the address of the page");
  onAction<Options>(command, host, login);
}

/** The token is tried before it is kept. */
async function login(session: Session, { options }: { readonly options: Options }): Promise<void> {
  const file = configFileIn(session.environment);
  const { current, contexts } = await readContexts(file);
  const name = options.context ?? session.environment.context ?? current ?? "default";
  const known = Object.hasOwn(contexts, name) ? contexts[name] : undefined;
  const target = await targetFor(session, known === undefined);
  const { token, expiresAt } = options.tokenStdin
    ? { token: await tokenFromInput(session), expiresAt: undefined }
    : await tokenFromBrowser(session, target, options);
  const api = createApi({ ...target, token }, { signal: session.signal, debug: undefined });
  const who = cellText(valueAt(await api.ask(viewerDocument), "viewer.principal.name"));
  const { tokenFile: _tokenFile, ...kept } = known ?? {};
  const context = { ...kept, server: target.server.origin, token };
  await writeContexts(file, { current: current ?? name, contexts: { ...contexts, [name]: context } });
  const until = expiresAt === undefined ? "" : ` until ${expiresAt}`;
  session.note(`logged in to ${context.server} as ${who}${until}; the token is in context ${name}`);
}

/** A context that `login` is about to make does not exist yet: its name must not be looked up. */
function targetFor({ global, environment }: Session, isNew: boolean): Promise<Target> {
  const { context: _context, ...unnamed } = global;
  return resolveTarget(
    isNew ? unnamed : global,
    isNew ? { ...environment, context: undefined } : environment,
  );
}

async function tokenFromInput({ streams }: Session): Promise<string> {
  const text = await streams.input();
  if (text.trim() === "") throw usageError("stdin holds no token");
  return plainToken(text, "stdin");
}

async function tokenFromBrowser(session: Session, target: Target, { browser }: Options) {
  const { loginWithBrowser } = await import("../login/browser-login.ts");
  return loginWithBrowser(target, {
    signal: session.signal,
    show(url) {
      session.streams.note(`Log in at ${url}`);
      if (browser && session.streams.canAsk) openBrowser(url);
    },
  });
}

/** Best effort: the address stands on the screen. */
function openBrowser(url: string): void {
  const program = process.platform === "darwin" ? "open" : "xdg-open";
  const child = spawn(program, [url], { stdio: "ignore", detached: true });
  child.on("error", () => undefined);
  child.unref();
}
