import { KeptWire, type KeptWireOptions, type OpenWire } from "./kept-wire.ts";
import type { WirePlaces } from "./wire-places.ts";
import type { WireSettings } from "./wire-settings.ts";

export interface FollowWiresOptions<Opened extends OpenWire> extends KeptWireOptions<Opened> {
  readonly wires: readonly WireSettings[];
  readonly places: WirePlaces;
  /** Told of the names of the wires that are down, whenever that changes. */
  readonly onDown: (names: readonly string[]) => void;
}

export interface FollowedWires<Opened extends OpenWire> {
  /** What is open now. */
  opened(): readonly Opened[];
  isUp(wire: WireSettings): boolean;
  /** Looks now. Resolves when what is open is what should be. */
  look(): Promise<void>;
  /** Looks no more, and closes everything. Resolves to what was cut off after `graceMs`, in words. */
  close(graceMs: number): Promise<readonly string[]>;
}

/** How often interfaces are looked at, milliseconds. */
const lookMs = 1_000;

/**
 * Opens every wire that is up, and follows their addresses: a wire whose address changed is opened anew, one whose
 * address is gone is down until it has one again, and the others go on.
 *
 * @throws StartError when a wire that is up cannot be opened at the start. Later that is told, and tried again.
 */
export async function followWires<Opened extends OpenWire>(
  options: FollowWiresOptions<Opened>,
): Promise<FollowedWires<Opened>> {
  const { places, onDown, log } = options;
  const kept = options.wires.map((wire) => new KeptWire(wire, options));
  let down = "";
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  function tellDown(): void {
    const names = kept.filter(({ isUp }) => !isUp).map(({ settings }) => settings.name);
    if (names.join() === down) return;
    down = names.join();
    onDown(names);
  }

  async function lookOnce(): Promise<void> {
    places.look();
    for (const wire of kept) await wire.resettle(places.of(wire.settings));
    tellDown();
  }

  function look(): Promise<void> {
    underWay = underWay.then(lookOnce);
    return underWay;
  }

  async function close(graceMs: number): Promise<readonly string[]> {
    clearInterval(timer);
    await underWay;
    return (await Promise.all(kept.map((wire) => wire.close(graceMs)))).flat();
  }

  try {
    for (const wire of kept) {
      await wire.settle(places.of(wire.settings));
      if (!wire.isUp) log.warn({ wire: wire.settings.name }, "a wire is not up yet: waiting for its address");
    }
  } catch (error) {
    await close(0);
    throw error;
  }
  tellDown();
  timer = setInterval(look, lookMs);
  return {
    opened: () => kept.flatMap(({ opened }) => opened ?? []),
    isUp: (wire) => kept.some(({ settings, isUp }) => settings === wire && isUp),
    look,
    close,
  };
}
