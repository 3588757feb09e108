import { createWriteStream } from "node:fs";
import type { Readable } from "node:stream";
import { stripVTControlCharacters } from "node:util";

/** What a machine writes to its serial line, from power on to power off. */
export interface SerialConsole {
  /** Everything so far, without the escape sequences that firmware moves the cursor with. */
  readonly text: () => string;
  /**
   * Waits until the text appears after what the last successful call found, so that calls follow a machine through
   * several boots. Only whole lines count. Gives the line that holds it.
   *
   * @throws Error with the end of the console after `timeoutMs`, or when the machine goes off before
   */
  readonly waitFor: (wanted: string | RegExp, options: { readonly timeoutMs: number }) => Promise<string>;
}

/** Reads a console from the machine's output and keeps it in a file as well. */
export function serialConsole(output: Readable, file: string): SerialConsole {
  const log = createWriteStream(file);
  const listeners = new Set<() => void>();
  let raw = "";
  let seen = 0;
  let ended = false;

  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  output.setEncoding("latin1");
  output.on("data", (chunk: string) => {
    raw += chunk;
    log.write(chunk, "latin1");
    notify();
  });
  output.on("end", () => {
    ended = true;
    log.end();
    notify();
  });

  const find = (wanted: string | RegExp): string | undefined => {
    const text = plainText(raw);
    const lines = ended ? text : text.slice(0, text.lastIndexOf("\n") + 1);
    const found = firstMatch(lines.slice(seen), wanted);
    if (!found) return undefined;
    const start = seen + found.index;
    seen = start + found.length;
    return lineAround(text, start);
  };

  return {
    text: () => plainText(raw),

    waitFor(wanted, { timeoutMs }) {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const fail = (why: string) =>
        reject(
          new Error(
            `${why} before "${wanted}" appeared; the console ended with:\n${plainText(raw).slice(-2000)}`,
          ),
        );
      const look = () => {
        const line = find(wanted);
        if (line !== undefined) resolve(line);
        else if (ended) fail("the machine went off");
      };
      const timer = setTimeout(() => fail(`${timeoutMs} ms passed`), timeoutMs);
      listeners.add(look);
      look();
      return promise.finally(() => {
        clearTimeout(timer);
        listeners.delete(look);
      });
    },
  };
}

/** A control sequence (ECMA-48 s. 5.4) whose end is still to come is left out, so that the text only ever grows. */
function plainText(raw: string): string {
  const lastEscape = raw.lastIndexOf("\u001b");
  const isUnfinished = lastEscape >= 0 && /^(?:\[[0-?]*[ -/]*)?$/.test(raw.slice(lastEscape + 1));
  return stripVTControlCharacters(isUnfinished ? raw.slice(0, lastEscape) : raw).replaceAll("\r", "");
}

function firstMatch(text: string, wanted: string | RegExp) {
  if (typeof wanted === "string") {
    const index = text.indexOf(wanted);
    return index < 0 ? undefined : { index, length: wanted.length };
  }
  const match = wanted.exec(text);
  return match ? { index: match.index, length: match[0].length } : undefined;
}

function lineAround(text: string, index: number): string {
  const start = text.lastIndexOf("\n", index - 1) + 1;
  const end = text.indexOf("\n", index);
  return text.slice(start, end < 0 ? undefined : end);
}
