/** One client that takes a place: its file is looked for, or on its way. */
export interface Guest {
  /** The client's transfer id (RFC 1350 s. 4): `address:port`. */
  readonly key: string;
  /** The client's address. */
  readonly source: string;
  /** Whether it may be sent away for somebody else: nobody has answered what was sent there. */
  isDoubtful(): boolean;
  /** Sends it away without a word. */
  stop(): void;
}

interface PlacesLimits {
  /** Most guests at once. */
  readonly transfersMax: number;
  /** Most guests at once of one address. */
  readonly transfersPerSourceMax: number;
}

/** Why a guest got no place. */
type NoPlace = "full" | "source-full";

/**
 * Who is being served, bounded in all and for each address.
 *
 * When all places are taken, the oldest guest that has not answered yet makes room: whoever floods the port with made
 * up addresses drives out his own requests, and a machine has only to answer sooner than the flood comes round.
 */
export class Places {
  readonly #limits: PlacesLimits;
  readonly #onEvicted: () => void;
  /** In the order of their coming. */
  readonly #guests = new Map<string, Guest>();
  readonly #perSource = new Map<string, number>();

  constructor(limits: PlacesLimits, onEvicted: () => void) {
    this.#limits = limits;
    this.#onEvicted = onEvicted;
  }

  get size(): number {
    return this.#guests.size;
  }

  guests(): IterableIterator<Guest> {
    return this.#guests.values();
  }

  guest(key: string): Guest | undefined {
    return this.#guests.get(key);
  }

  /** Gives the guest a place, or says why there is none. Its key has none yet. */
  take(guest: Guest): NoPlace | undefined {
    const others = this.#perSource.get(guest.source) ?? 0;
    if (others >= this.#limits.transfersPerSourceMax) return "source-full";
    if (this.#guests.size >= this.#limits.transfersMax && !this.#makeRoom()) return "full";
    this.#guests.set(guest.key, guest);
    this.#perSource.set(guest.source, (this.#perSource.get(guest.source) ?? 0) + 1);
    return undefined;
  }

  /** Returns whether the guest had its place still. */
  leave(guest: Guest): boolean {
    if (this.#guests.get(guest.key) !== guest) return false;
    this.#guests.delete(guest.key);
    const left = (this.#perSource.get(guest.source) ?? 1) - 1;
    if (left > 0) this.#perSource.set(guest.source, left);
    else this.#perSource.delete(guest.source);
    return true;
  }

  #makeRoom(): boolean {
    for (const guest of this.#guests.values()) {
      if (!guest.isDoubtful()) continue;
      guest.stop();
      this.leave(guest);
      this.#onEvicted();
      return true;
    }
    return false;
  }
}
