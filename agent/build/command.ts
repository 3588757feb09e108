import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { promisify } from "node:util";
import { AgentBuildError } from "./error.ts";

const execute = promisify(execFile);

/** Tools speak English and sort by bytes here, whatever the builder's language is. */
const environment = { ...process.env, LC_ALL: "C" };

/**
 * Runs a tool to its end and gives what it printed. `folder`: where it runs. (Default: this process's.)
 *
 * @throws AgentBuildError when it is not there or ends with another code than 0, with the last line of its complaint
 */
export async function run(command: string, args: readonly string[], folder?: string): Promise<string> {
  try {
    const { stdout } = await execute(command, args, {
      env: environment,
      maxBuffer: 64 * 1024 * 1024,
      ...(folder === undefined ? {} : { cwd: folder }),
    });
    return stdout;
  } catch (error) {
    throw new AgentBuildError(`${command} failed: ${complaintOf(error)}`, { cause: error });
  }
}

/**
 * Runs `from | to`, both without a shell.
 *
 * @throws AgentBuildError when either fails
 */
export async function runPiped(from: readonly string[], to: readonly string[]): Promise<void> {
  const [first = "", ...firstArgs] = from;
  const [second = "", ...secondArgs] = to;
  const source = spawn(first, firstArgs, { stdio: ["ignore", "pipe", "inherit"], env: environment });
  const sink = spawn(second, secondArgs, { stdio: [source.stdout, "inherit", "inherit"], env: environment });
  // The pipe's reading end belongs to the second tool alone: were it open here as well, the first one would wait for
  // ever when the second one ends early.
  source.stdout.destroy();
  const [sourceCode, sinkCode] = await Promise.all([exitCode(source, first), exitCode(sink, second)]);
  if (sourceCode !== 0) throw new AgentBuildError(`${first} failed with code ${sourceCode}`);
  if (sinkCode !== 0) throw new AgentBuildError(`${second} failed with code ${sinkCode}`);
}

async function exitCode(tool: ChildProcess, name: string): Promise<unknown> {
  try {
    const [code] = await once(tool, "exit");
    return code;
  } catch (error) {
    throw new AgentBuildError(`${name} failed: ${complaintOf(error)}`, { cause: error });
  }
}

function complaintOf(error: unknown): string {
  const { stderr, message } = error as { readonly stderr?: string; readonly message: string };
  return stderr?.trim().split("\n").at(-1) || message;
}
