/** What became of the datagrams since the start. Every datagram counts once under `received`. */
export function createDhcpCounters() {
  return {
    received: 0,
    /** No DHCP message of an Ethernet client. */
    malformed: 0,
    /** Replies of servers, and BOOTP. */
    notRequests: 0,
    /** The network that the message came from is not served, or a DHCPINFORM names no address of it. */
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
    /** One client said more in ten seconds than is listened to. */
    clientLimit: 0,
    /** Clients that nobody knows, behind one relay or one port of it, said more in ten seconds than is listened to. */
    relayLimit: 0,
    /** More clients that nobody knew got an address of the subnet in an hour than may. */
    newcomerLimit: 0,
    /** The client's lease was to change more often in an hour than is recorded, and it has none that runs. */
    changeLimit: 0,
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
