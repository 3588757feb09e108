import type { EventReader } from "../../domain/ports/event-store.ts";
import type { Commands } from "./commands.ts";
import type { FindImage } from "./images.ts";
import type { ReadModels } from "./read-models.ts";

/** What resolvers may touch: read models and the log to read, commands to write. The same for every request. */
export interface ApiServices {
  readonly views: ReadModels;
  readonly log: EventReader;
  readonly commands: Commands;
  readonly findImage: FindImage;
  readonly clock: () => Date;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** A UUIDv8 that is the same for the same cause and steps. */
  readonly deriveId: (cause: string, ...steps: readonly string[]) => string;
  /** How long a query waits for `minPosition`, milliseconds. */
  readonly waitMs: number;
  /** How long a feed may be silent, milliseconds. */
  readonly heartbeatMs: number;
  /** Told of an error that no caller may see, where no request can tell. */
  readonly onFault: (error: unknown) => void;
}

/** What resolvers get: the services, and who asks. */
export interface GraphqlContext extends ApiServices {
  /** `user:<name>`: goes into every event that follows. */
  readonly actor: string;
  /** The network address that the request came from. */
  readonly sourceAddress: string;
  /** W3C Trace Context, when the request carried one. */
  readonly traceparent?: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}
