import { Liquid, type LiquidError } from "liquidjs";
import type { ScriptFormat } from "../../domain/boot-environment/manifest.ts";
import { escapeIpxe } from "./escape.ts";
import { escapeGrub } from "./escape-grub.ts";
import type { ScriptInputs } from "./script-inputs.ts";
import { placeholderOf, type SecretName, secretsNamedIn } from "./secrets.ts";

/** A boot environment, as far as rendering goes. */
export interface ScriptSource {
  /** Decides how values are escaped, and how files are named. */
  readonly format: ScriptFormat;
  /** Name of the template to render, a key of `templates`. */
  readonly script: string;
  /** Text of every template by its path in the environment's folder: all that `include` and `render` can see. */
  readonly templates: Readonly<Record<string, string>>;
  /** Names of the files that the script may have fetched. */
  readonly files: readonly string[];
}

/** The template cannot be parsed, or asks for what is not there. `message` names template, line and cause. */
export class TemplateError extends Error {
  override readonly name = "TemplateError";
}

/** Tags of Liquid that templates may use. What writes text past the escaping (`echo`, `raw`, `cycle`) is not. */
const allowedTags = new Set("if unless case for break continue assign comment # include render".split(" "));

/** Filters that depend on their arguments alone: nothing of clocks, locales, time zones, chance or escaping. */
const allowedFilters = new Set(
  (
    "abs append at_least at_most default divided_by downcase first join last minus modulo plus prepend remove " +
    "replace size slice split strip times upcase"
  ).split(" "),
);

/** Longest script, characters. iPXE reads scripts into memory that it shares with the initrd. */
const scriptCharactersMax = 64 * 1024;

/** One filter per format: whatever is written into a script goes through it, with nothing in the template to say so. */
const escapes: Readonly<Record<ScriptFormat, (value: string) => string>> = {
  ipxe: escapeIpxe,
  grub: escapeGrub,
};

/** Prepares an environment's script for any number of renderings. @throws TemplateError */
export function compileScript(source: ScriptSource): (inputs: ScriptInputs) => string {
  const { script } = source;
  const liquid = hermeticLiquid(source);
  const parsed = orTemplateError(() => liquid.parseFileSync(script), source);
  return (inputs) => {
    const text = orTemplateError((): string => liquid.renderSync(parsed, scopeOf(inputs, source)), source);
    if (text.length > scriptCharactersMax) {
      throw new TemplateError(
        `${script}: the script has ${text.length} characters, at most ${scriptCharactersMax}`,
      );
    }
    // A template may spell a placeholder out. What cannot be filled in is found here, and not while it is sent.
    const absent = secretsNamedIn(text).find((name) => !secretsFor(inputs).includes(name));
    if (absent === undefined) return text;
    throw new TemplateError(
      `${script}: ${placeholderOf(absent)} is a secret that this boot does not have: take it out`,
    );
  };
}

function hermeticLiquid({ templates, format }: ScriptSource): Liquid {
  const liquid = new Liquid({
    // Without a prototype, so that `include "constructor"` finds no template either.
    templates: Object.assign(Object.create(null), templates) as Record<string, string>,
    cache: true,
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    outputEscape: (value: unknown) => escapeOutput(value, escapes[format]),
    parseLimit: 1_000_000,
    memoryLimit: 1_000_000,
  });
  for (const name of Object.keys(liquid.tags)) if (!allowedTags.has(name)) delete liquid.tags[name];
  for (const name of Object.keys(liquid.filters)) if (!allowedFilters.has(name)) delete liquid.filters[name];
  return liquid;
}

/** Text that must not be escaped, because it holds the placeholder of a secret. Filters cannot look into it. */
class ReadyText {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  static textOf(value: unknown): string | undefined {
    return value instanceof ReadyText ? value.#text : undefined;
  }

  toString(): string {
    throw new Error("a secret or a file's URL can be written, but no filter can change it");
  }
}

/**
 * What some machines have and others do not: what is not there is nothing, which `if` and `default` can ask for, and
 * which cannot be written. Any other name that does not exist is a mistake of the template's.
 */
function optional(entries: Readonly<Record<string, unknown>>): object {
  const nothing = { configurable: true, value: null };
  return new Proxy(entries, {
    get: (target, key) => (Object.hasOwn(target, key) ? Reflect.get(target, key) : null),
    getOwnPropertyDescriptor: (target, key) => Reflect.getOwnPropertyDescriptor(target, key) ?? nothing,
  });
}

function escapeOutput(value: unknown, escaped: (value: string) => string): string {
  const ready = ReadyText.textOf(value);
  if (ready !== undefined) return ready;
  if (typeof value === "string") return escaped(value);
  if (typeof value === "number" || typeof value === "boolean") return escaped(String(value));
  const kind = Array.isArray(value)
    ? "a list"
    : value === null || value === undefined
      ? "nothing"
      : "an object";
  throw new Error(`the output is ${kind}, expected text: name one of its fields, or test it with "if" first`);
}

/** What a script is sent with depends on whom it is for. */
function secretsFor({ run, machine }: ScriptInputs): readonly SecretName[] {
  if (run) return ["nonce", "helloToken"];
  return machine ? ["nonce", "discoveryToken"] : ["nonce"];
}

function scopeOf(inputs: ScriptInputs, { files, format }: ScriptSource) {
  const { environment, server, machine } = inputs;
  const path = `/boot/${placeholderOf("nonce")}/files/${environment.name}/${environment.version}`;
  const base = `${originOf[format](server.url)}${path}`;
  const urls = files.map((name) => [name, new ReadyText(`${base}/${escapes[format](name)}`)] as const);
  return {
    ...inputs,
    machine: machine && {
      ...machine,
      labels: optional(machine.labels),
      params: optional(machine.params),
    },
    files: Object.fromEntries(urls),
    secret: Object.fromEntries(secretsFor(inputs).map((name) => [name, new ReadyText(placeholderOf(name))])),
  };
}

/** Where a script has its files fetched: by HTTP, or with the GRUB that Secure Boot trusts, which cannot, by TFTP. */
const originOf: Readonly<Record<ScriptFormat, (serverUrl: string) => string>> = {
  ipxe: (serverUrl) => escapeIpxe(serverUrl),
  grub: (serverUrl) => `(tftp,${escapeGrub(new URL(serverUrl).hostname)})`,
};

function orTemplateError<Result>(act: () => Result, { script, templates }: ScriptSource): Result {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const place = "token" in error ? placeOf((error as LiquidError).token, templates) : undefined;
    // Liquid's own account of the place, which it gives in some cases only.
    const what = error.message.replace(/(?:, file:[^,]*)?, line:\d+, col:\d+$/, "");
    throw new TemplateError(`${place ?? script}: ${what}`, { cause: error });
  }
}

/** `agent.liquid:3`. Tokens of variables do not know their file, but they hold its whole text. */
function placeOf(token: LiquidError["token"], templates: ScriptSource["templates"]): string | undefined {
  const name = token.file ?? Object.keys(templates).find((candidate) => templates[candidate] === token.input);
  return name && `${name}:${token.getPosition()[0]}`;
}
