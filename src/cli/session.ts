import type { Command } from "commander";
import { type Api, createApi } from "./api/api.ts";
import { resolveTarget, type TargetOptions } from "./config/target.ts";
import type { Environment } from "./environment.ts";
import type { Host } from "./host.ts";
import { inert } from "./output/inert.ts";
import { createPalette, type Palette } from "./output/palette.ts";
import type { Streams } from "./streams.ts";

/** What every command understands. */
export interface GlobalOptions extends TargetOptions {
  /** (Default: auto) */
  readonly color: "auto" | "always" | "never";
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly debug?: boolean;
}

/** One command on its way. */
export interface Session extends Host {
  readonly global: GlobalOptions;
  /** Colours of stdout. */
  readonly palette: Palette;
  /** The service to ask. Made at the first call, so that what needs no service needs none. @throws Failure */
  api(): Promise<Api>;
  /** Says something to people, unless `--quiet`. */
  note(line: string): void;
  /** Says something to people who asked for more (`-v`). */
  detail(line: string): void;
}

/** What a command does. `args`: the words of the command line that are no options. */
export type Act<Options> = (
  session: Session,
  invocation: { readonly args: readonly string[]; readonly options: Options },
) => Promise<void>;

/** Lets a command do something. */
export function onAction<Options extends object>(command: Command, host: Host, act: Act<Options>): void {
  command.action(async () => {
    const options = command.optsWithGlobals<Options & GlobalOptions>();
    await act(createSession(options, host), { args: command.args, options });
  });
}

function createSession(global: GlobalOptions, host: Host): Session {
  const { streams, environment } = host;
  let api: Promise<Api> | undefined;
  const note = (line: string) => streams.note(inert(line));

  async function connect(): Promise<Api> {
    const target = await resolveTarget(global, environment);
    if (global.verbose)
      note(`asking ${target.server.href}${target.token === undefined ? " without a token" : ""}`);
    return createApi(target, { signal: host.signal, debug: global.debug ? note : undefined });
  }

  return {
    ...host,
    global,
    palette: createPalette(hasColour(global, { environment, streams })),
    api() {
      api ??= connect();
      return api;
    },
    note(line) {
      if (!global.quiet) note(line);
    },
    detail(line) {
      if (global.verbose) note(line);
    },
  };
}

/** `--color` wins; then `NO_COLOR` (no-color.org); then whether a person looks. */
function hasColour(
  { color }: GlobalOptions,
  { environment, streams }: { readonly environment: Environment; readonly streams: Streams },
): boolean {
  if (color !== "auto") return color === "always";
  return !environment.noColor && streams.outIsTerminal;
}
