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
  /** Told of what has been closed for good: its counts are to be kept. */
  readonly onClosed: (opened: Opened) => void;
  readonly log: Pick<Logger, "info" | "warn" | "error">;
}

/** What an address that is gone still has under way can hardly be finished, milliseconds. */
const movedGraceMs = 1_000;

/** One wire, and what is open on it. */
export class KeptWire<Opened extends OpenWire> {
  readonly settings: WireSettings;
  readonly #options: KeptWireOptions<Opened>;
  #opened: Opened | undefined;
  #isUp = false;
  /** The last failure that was told: the same again is not told each second. */
  #told = "";

  constructor(settings: WireSettings, options: KeptWireOptions<Opened>) {
    this.settings = settings;
    this.#options = options;
  }

  get opened(): Opened | undefined {
    return this.#opened;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /**
   * Opens what should be open at the place, and notes when there is none. What is open on a wire that is down stays so:
   * when the same address comes back, it is still heard on. @throws StartError, and whatever `open` throws
   */
  async settle(place: WirePlace | undefined): Promise<void> {
    const { log, open } = this.#options;
    const { name: wire } = this.settings;
    if (!place) {
      if (this.#isUp) log.warn({ wire }, "a wire is down: its interface has no address or no link");
      this.#isUp = false;
      return;
    }
    if (this.#opened?.address !== place.address) {
      this.#isUp = false;
      await this.close(movedGraceMs);
      this.#opened = await open(this.settings, place);
      this.#told = "";
    }
    if (!this.#isUp) log.info({ wire, address: place.address }, "a wire is up");
    this.#isUp = true;
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

  async close(graceMs: number): Promise<readonly string[]> {
    const opened = this.#opened;
    if (!opened) return [];
    this.#opened = undefined;
    const cutOff = await opened.close(graceMs);
    this.#options.onClosed(opened);
    return cutOff;
  }
}
