/** Where a command reads and writes. Data goes to stdout, everything else to stderr. */
export interface Streams {
  /** Text for stdout. Resolves when more may be written; never when whoever read it has gone. */
  out(text: string): Promise<void>;
  /** A line for people, on stderr. */
  note(line: string): void;
  /** All of stdin as UTF-8. */
  input(): Promise<string>;
  /** Asks a person, on stderr; true only for yes. */
  ask(question: string): Promise<boolean>;
  /** Whether a person looks at stdout. */
  readonly outIsTerminal: boolean;
  /** How wide that terminal is now; `undefined`: there is none. */
  readonly outColumns: () => number | undefined;
  /** Whether a person looks at stderr and can answer on stdin. */
  readonly canAsk: boolean;
}

/** The process's own streams. `onPipeClosed`: whoever read stdout has gone. */
export function processStreams(onPipeClosed: () => never): Streams {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") onPipeClosed();
      throw error;
    });
  }
  return {
    async out(text) {
      if (stdout.write(text)) return;
      await new Promise((resolve) => stdout.once("drain", resolve));
    },
    note(line) {
      stderr.write(`${line}\n`);
    },
    async input() {
      stdin.setEncoding("utf8");
      let text = "";
      for await (const chunk of stdin) text += String(chunk);
      return text;
    },
    async ask(question) {
      const { createInterface } = await import("node:readline");
      const lines = createInterface({ input: stdin, output: stderr });
      const { promise, resolve } = Promise.withResolvers<string>();
      lines.question(question, resolve);
      // Ctrl-D is no answer. A terminal that is read like this makes no signal of Ctrl-C: it is made here.
      lines.once("close", () => resolve(""));
      lines.once("SIGINT", () => {
        process.emit("SIGINT");
        lines.close();
      });
      const answer = await promise;
      lines.close();
      return /^y(?:es)?$/i.test(answer.trim());
    },
    outIsTerminal: stdout.isTTY === true,
    // A terminal that nobody has told its size says 0.
    outColumns: () => (stdout.isTTY && stdout.columns > 0 ? stdout.columns : undefined),
    canAsk: stdin.isTTY === true && stderr.isTTY === true,
  };
}
