/** Most packets that are sent in one turn of the event loop: a millisecond's worth or two. */
const packetsPerTurnMax = 128;

/**
 * Shares the thread among transfers and with DHCP: in one turn of the event loop a bounded number of packets is sent,
 * and who wants to send more waits for the next turn, first come, first served. In between the sockets are looked at.
 */
export interface Turn {
  /** Whether one more packet may be sent now. */
  take(): boolean;
  /** Goes on in the next turn. */
  later(resume: () => void): void;
}

export function eventLoopTurn(): Turn {
  let left = packetsPerTurnMax;
  let waiting: (() => void)[] = [];

  function begin(): void {
    left = packetsPerTurnMax;
    const resumed = waiting;
    waiting = [];
    for (const resume of resumed) resume();
  }

  return {
    // Nothing is scheduled before the packets are used up, so turns that send few of them count as one.
    take() {
      if (left === 0) return false;
      left -= 1;
      return true;
    },
    later(resume) {
      waiting.push(resume);
      if (waiting.length === 1) setImmediate(begin);
    },
  };
}
