import { accept, type Decider } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { BootEnvironmentCommand } from "./commands.ts";
import { type BootEnvironmentEvent, bootEnvironmentCodec } from "./events.ts";

/** What was published last; `undefined` before the first time. */
export type BootEnvironment = BootEnvironmentEvent["data"] | undefined;

const bootEnvironmentDecider: Decider<BootEnvironment, BootEnvironmentCommand, BootEnvironmentEvent, never> =
  {
    initial: undefined,
    decide({ digest, manifest }, published) {
      if (published?.digest === digest) return accept();
      const version = (published?.version ?? 0) + 1;
      return accept({ type: "BootEnvironmentPublished", data: { version, digest, manifest } });
    },
    evolve: (_published, { data }) => data,
  };

/** Streams `bootenv-<name>`. Nothing is ever refused here. */
export const bootEnvironmentKind: StreamKind<
  BootEnvironment,
  BootEnvironmentCommand,
  BootEnvironmentEvent,
  never
> = { decider: bootEnvironmentDecider, codec: bootEnvironmentCodec, newestIsState: true };
