import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { createAppendQueue, type QueuedAppend } from "./append-queue.ts";
import type { LogHealth } from "./latch.ts";
import type { Log } from "./log.ts";
import {
  type ClientMessage,
  type Flat,
  failureOf,
  type ReadRequest,
  readAppends,
  type ServerMessage,
  writeOutcome,
} from "./protocol.ts";
import { createRecovery } from "./recovery.ts";
import type { AppendOutcome } from "./writer.ts";

/** One transaction, for those who measure. */
export interface CommitFacts {
  readonly outcomes: readonly AppendOutcome[];
  /** How many events the batch held. */
  readonly events: number;
  /** From handing the batch over until it was durable, milliseconds. */
  readonly commitMs: number;
  /** From each append's arrival until its answer left, milliseconds. */
  readonly answeredMs: readonly number[];
}

export interface LogServer {
  /** Serves whoever holds the other end of the port. */
  connect(port: MessagePort): void;
  /** Commits what was sent so far, answers it, hangs up and closes the log. */
  close(): Promise<void>;
  /** How many appends wait for the next transaction. */
  queued(): number;
}

/**
 * Lets many threads use the log of this one. Whatever was sent while the last transaction was being written
 * makes the next one: alone, an append waits for nobody; in a crowd, they share the cost of the disk.
 *
 * @param onCommit told of each transaction, after its answers have left
 */
export function createLogServer(
  log: Log,
  onHealth: (health: LogHealth) => void,
  onCommit?: (facts: CommitFacts) => void,
): LogServer {
  const ports = new Set<MessagePort>();
  const queue = createAppendQueue();
  const recovery = createRecovery(log, {
    onHealth,
    onRecovered() {
      for (const port of ports) send(port, { grown: undefined });
    },
  });
  let turn: NodeJS.Immediate | undefined;

  function receive(port: MessagePort, message: ClientMessage): void {
    if ("read" in message) {
      send(port, answerTo(log, message));
      return;
    }
    const arrivedMs = performance.now();
    for (const { call, append } of readAppends(message.appends))
      queue.push({ port, call, append, arrivedMs });
    turn ??= setImmediate(takeTurn);
  }

  /** One batch each turn of the event loop, so that messages and timers get theirs in between. */
  function takeTurn(): void {
    turn = undefined;
    commitBatch();
    if (!queue.isEmpty()) turn = setImmediate(takeTurn);
  }

  function commitBatch(): void {
    const batch = queue.takeBatch();
    const beganMs = performance.now();
    const outcomes = log.commit(batch.map(({ append }) => append));
    const commitMs = performance.now() - beganMs;
    const answers = answersByPort(batch, outcomes);
    const head = newestOf(outcomes);
    for (const port of ports) {
      const ofPort = answers.get(port);
      if (ofPort) send(port, { outcomes: ofPort, head });
      else if (head > 0) send(port, { grown: head });
    }
    onCommit?.({ outcomes, commitMs, ...measured(batch) });
    recovery.watch();
  }

  return {
    queued: () => queue.size(),

    connect(port) {
      ports.add(port);
      port.on("message", (message: ClientMessage) => receive(port, message));
      port.on("close", () => ports.delete(port));
    },

    async close() {
      for (const port of ports) {
        for (const message of sentTo(port)) receive(port, message);
      }
      clearImmediate(turn);
      while (!queue.isEmpty()) commitBatch();
      recovery.stop();
      for (const port of ports) port.close();
      await log.close();
    },
  };
}

/** The newest position that a transaction wrote, or found written; 0: it wrote nothing. */
function newestOf(outcomes: readonly AppendOutcome[]): number {
  let newest = 0;
  for (const outcome of outcomes) {
    if (outcome.outcome === "appended" && outcome.position > newest) newest = outcome.position;
  }
  return newest;
}

function measured(batch: readonly QueuedAppend[]): Pick<CommitFacts, "events" | "answeredMs"> {
  const nowMs = performance.now();
  return {
    events: batch.reduce((sum, { append }) => sum + append.events.length, 0),
    answeredMs: batch.map(({ arrivedMs }) => nowMs - arrivedMs),
  };
}

function send(port: MessagePort, message: ServerMessage): void {
  port.postMessage(message);
}

/** What has arrived at a port and was not handed out yet. */
function* sentTo(port: MessagePort): Generator<ClientMessage> {
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port)) yield next.message;
}

function answersByPort(
  batch: readonly QueuedAppend[],
  outcomes: readonly AppendOutcome[],
): Map<MessagePort, Flat> {
  const answers = new Map<MessagePort, Flat>();
  for (const [index, { port, call }] of batch.entries()) {
    const outcome = outcomes[index];
    if (!outcome) throw new Error(`append ${index} of ${batch.length} has no outcome`);
    const flat = answers.get(port) ?? [];
    writeOutcome(flat, call, outcome);
    answers.set(port, flat);
  }
  return answers;
}

function answerTo(
  log: Log,
  { call, read }: { readonly call: number; readonly read: ReadRequest },
): ServerMessage {
  try {
    return { call, answer: readFrom(log, read) };
  } catch (error) {
    return { call, failure: failureOf(error) };
  }
}

function readFrom({ reader }: Log, read: ReadRequest): unknown {
  switch (read.of) {
    case "head":
      return reader.head();
    case "stream":
      return reader.stream(read.stream, read.slice);
    case "page":
      return reader.page(read);
  }
}
