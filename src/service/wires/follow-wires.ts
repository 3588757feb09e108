import { KeptWire, type KeptWireOptions, type OpenWire } from "./kept-wire.ts";
import type { WirePlaces } from "./wire-places.ts";
import type { WireSettings } from "./wire-settings.ts";

export interface FollowWiresOptions<Opened extends OpenWire> extends KeptWireOptions<Opened> {
  readonly wires: readonly WireSettings[];
  readonly places: WirePlaces;
  /** Told of each wire that is down, and why, in words, whenever that changes. */
  readonly onDown: (wires: readonly string[]) => void;
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
  let toldDown = "";
  let isBlind = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> = Promise.resolve();

  function tellDown(): void {
    const down = kept.flatMap((wire) => (wire.down ? [`${wire.settings.name}: ${wire.down}`] : []));
    if (down.join() === toldDown) return;
    toldDown = down.join();
    onDown(down);
  }

  /** Whether the address that is open on the wire is another wire's now, which is to have its ports. */
  function isElsewhere({ opened, settings }: KeptWire<Opened>): boolean {
    const has = (wire: WireSettings) => places.of(wire)?.address === opened?.address;
    return opened !== undefined && !has(settings) && options.wires.some(has);
  }

  /** Whether the interfaces could be looked at: the system may be out of what it takes to ask it. */
  function canSee(): boolean {
    try {
      places.look();
      isBlind = false;
    } catch (err) {
      if (!isBlind) log.error({ err }, "the network interfaces cannot be looked at: tried again");
      isBlind = true;
    }
    return !isBlind;
  }

  async function lookOnce(): Promise<void> {
    if (!canSee()) return;
    for (const wire of kept) if (isElsewhere(wire)) await wire.letGo();
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
    for (const wire of kept) await wire.settle(places.of(wire.settings));
  } catch (error) {
    await close(0);
    throw error;
  }
  tellDown();
  timer = setInterval(look, lookMs);
  return {
    opened: () => kept.flatMap(({ opened }) => opened ?? []),
    isUp: (wire) => kept.some(({ settings, down }) => settings === wire && down === undefined),
    look,
    close,
  };
}
