import { join } from "node:path";
import { createClient } from "../api/client.ts";
import { measureFanout } from "../api/fanout.ts";
import { labelQuestion, machineIds } from "../api/questions.ts";
import { type MeasuredService, startMeasured, untilShown, writeConfig } from "../api/service.ts";
import { median } from "../log-thread.ts";

export interface ServiceFigures {
  /** Events of the log that it was started on. */
  readonly start_events: number;
  /** From the process's start until it is ready, its views built before. */
  readonly start_10m_s: number;
  /** The same after the process was killed, with what an unclean stop has checked. */
  readonly start_after_kill_s: number;
  /** The first start, which has no views yet, and from there until they all show the log. */
  readonly first_start_s: number;
  readonly views_10m_s: number;
  /** From a mutation's sending until each of 100 subscribers over WebSocket has its event. */
  readonly fanout_api_p99_ms: number;
}

export interface ServiceOptions {
  /** Holds the data directory, and gets the configuration. */
  readonly directory: string;
  readonly data: string;
  readonly starts: number;
  readonly fanoutEvents: number;
}

/** Starts the service on a data directory as an operator does, several times. */
export async function measureService(options: ServiceOptions): Promise<ServiceFigures> {
  const { directory, data, starts, fanoutEvents } = options;
  const config = await writeConfig(directory, data);
  const logFile = join(directory, "service.log");
  const first = await startMeasured(config, logFile);
  const viewsSeconds = await untilShown(first);
  const events = await eventsIn(first);
  await first.stop();

  const seconds: number[] = [];
  for (let start = 0; start < starts; start++) {
    const service = await startMeasured(config, logFile);
    seconds.push(service.startSeconds);
    await (start === starts - 1 ? service.kill() : service.stop());
  }
  const last = await startMeasured(config, logFile);
  try {
    return {
      start_events: events,
      start_10m_s: median(seconds),
      start_after_kill_s: last.startSeconds,
      first_start_s: first.startSeconds,
      views_10m_s: viewsSeconds,
      fanout_api_p99_ms: await fanoutP99(last, fanoutEvents),
    };
  } finally {
    await last.stop();
  }
}

async function eventsIn({ api, token }: MeasuredService): Promise<number> {
  const client = createClient(api, token);
  const { service } = (await client.ask("{ service { views { events } } }")) as {
    readonly service: { readonly views: readonly { readonly events: number }[] };
  };
  client.close();
  return Math.max(...service.views.map(({ events }) => events));
}

/** Mutations before the first that counts: code is compiled meanwhile. */
const warmUpEvents = 50;

async function fanoutP99({ api, token }: MeasuredService, events: number): Promise<number> {
  const client = createClient(api, token);
  try {
    const ids = await machineIds(client.ask, 100);
    const fanoutOf = async (count: number, first: number) => {
      const { position } = (await client.ask("{ position }")) as { readonly position: string };
      return measureFanout({
        ...{ api, token, events: count, after: position },
        sockets: 5,
        subscriptionsPerSocket: 20,
        pauseMs: 50,
        async cause(index) {
          const { query, variables } = labelQuestion(ids, first + index);
          const answer = (await client.ask(query, variables)) as {
            readonly labelMachine: { readonly position: string };
          };
          return answer.labelMachine.position;
        },
      });
    };
    await fanoutOf(warmUpEvents, 0);
    const { latencies } = await fanoutOf(events, warmUpEvents);
    return latencies.p99;
  } finally {
    client.close();
  }
}
