import type { Logger } from "pino";
import type { Ipv4 } from "../../domain/values/ipv4.ts";
import type { WirePlace } from "./find-place.ts";
import type { WireSettings } from "./wire-settings.ts";

/** What is open on a wire, for the address that we had on it then. */
export interface OpenWire {
  readonly address: Ipv4;
  /** Resolves to what was cut off after `graceMs`, in words. */
  close(graceMs: number): Promise<readonly string[]>;
}

export interface KeptWireOptions<Opened extends OpenWire> {
  readonly open: (wire: WireSettings, place: WirePlace) => Promise<Opened>;
  /** Whether the wire's own sockets are bound to an interface that is gone. They cannot be made again here. */
  readonly isLost: (wire: WireSettings, place: WirePlace) => Promise<boolean>;
  /** Told of what has been closed for good: its counts are to be kept. */
  readonly onClosed: (opened: Opened) => void;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
}

/** What an address that is gone still has under way can hardly be finished, milliseconds. */
const movedGraceMs = 1_000;

const noPlace = "its interface has no address or no link";
const lostSockets =
  "its interface was made anew, and its sockets are bound to the former one: restart the service with new sockets";
const notOpened = "it cannot be opened: the log says why";

/** One wire, and what is open on it. */
export class KeptWire<Opened extends OpenWire> {
  readonly settings: WireSettings;
  readonly #options: KeptWireOptions<Opened>;
  #opened: Opened | undefined;
  #down: string | undefined = "it is not open yet";
  /** The last failure that was told: the same again is not told each second. */
  #told = "";

  constructor(settings: WireSettings, options: KeptWireOptions<Opened>) {
    this.settings = settings;
    this.#options = options;
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  /** Why the wire is down, in words; `undefined`: it is up. */
  get down(): string | undefined {
    return this.#down;
  }

  /**
   * Opens what should be open at the place, and notes when there is none. What is open on a wire that is down stays so:
   * when the same address comes back, it is still heard on. @throws StartError, and whatever `open` throws
   */
  async settle(place: WirePlace | undefined): Promise<void> {
    const { isLost, log, open } = this.#options;
    if (!place) return this.#isDown(noPlace);
    if (await isLost(this.settings, place)) return this.#isDown(lostSockets);
    if (this.#opened?.address !== place.address) {
      this.#down = notOpened;
      await this.close(movedGraceMs);
      this.#opened = await open(this.settings, place);
      this.#told = "";
    }
    if (this.#down !== undefined)
      log.info({ wire: this.settings.name, address: place.address }, "a wire is up");
    this.#down = undefined;
  }

  #isDown(why: string): void {
    if (this.#down !== why) this.#options.log.warn({ wire: this.settings.name, why }, "a wire is down");
    this.#down = why;
  }

  /** As `settle`, but what fails is told: other wires go on, and this one is tried again. */
  async resettle(place: WirePlace | undefined): Promise<void> {
    try {
      await this.settle(place);
    } catch (err) {
      const message = err instanceof Error ? err.message : String(err);
      const wire = this.settings.name;
      if (message !== this.#told)
        this.#options.log.error({ err, wire }, "a wire cannot be opened: tried again");
      this.#told = message;
    }
  }

  /** Closes what is open: its address is not the wire's any more. What fails is told. */
  async letGo(): Promise<void> {
    try {
      await this.close(movedGraceMs);
    } catch (err) {
      this.#options.log.error({ err, wire: this.settings.name }, "a wire could not be closed");
    }
  }

  async close(graceMs: number): Promise<readonly string[]> {
    const opened = this.#opened;
    if (!opened) return [];
    try {
      // What is still under way on it counts until it is closed.
      const cutOff = await opened.close(graceMs);
      this.#options.onClosed(opened);
      return cutOff;
    } finally {
      this.#opened = undefined;
    }
  }
}
