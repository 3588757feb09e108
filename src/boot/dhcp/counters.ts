/** What became of the datagrams since the start. Every datagram counts once under `received`. */
export function createDhcpCounters() {
  return {
    received: 0,
    /** No DHCP message of an Ethernet client. */
    malformed: 0,
    /** Replies of servers, and BOOTP. */
    notRequests: 0,
    /** The network that the message came from is not served. */
    foreignNetwork: 0,
    discover: 0,
    request: 0,
    decline: 0,
    release: 0,
    inform: 0,
    offered: 0,
    acknowledged: 0,
    refused: 0,
    /** DHCPREQUESTs that RFC 2131 wants unanswered, or that the fence leaves so. */
    silent: 0,
    /** DHCPDISCOVERs for which there was no address. */
    exhausted: 0,
    /** Unanswered until a probe says whether the address is in use. */
    probing: 0,
    /** Dropped because too much is under way, or the same address is. */
    shed: 0,
    /** DHCPRELEASEs and DHCPDECLINEs of an interface that sent more in an hour than are taken. */
    ignored: 0,
    /** The log took nothing, so there was nothing to acknowledge. */
    unrecorded: 0,
    sendFailed: 0,
    /** A bug: handling the datagram threw. */
    failed: 0,
  };
}

export type DhcpCounters = ReturnType<typeof createDhcpCounters>;
