/** What can be searched by, for each noun that lists something. The service takes these names in any case. */
export const filterColumns: Readonly<Record<string, readonly string[]>> = {
  machines: [
    ...[
      "machineId",
      "name",
      "state",
      "locked",
      "mac",
      "address",
      "subnet",
      "label",
      "architecture",
      "firmware",
    ],
    ...["manufacturer", "product", "serial", "cpuModel", "cpuCount", "memoryBytes", "diskCount", "diskBytes"],
    ...["environment", "image", "failureCode", "registeredAt", "discoveredAt", "changedAt", "seenAt"],
  ],
  interfaces: ["mac", "machineId", "label", "name", "driver", "address", "subnet", "source", "seenAt"],
  leases: [
    ...["address", "subnet", "status", "mac", "clientId", "hostname", "reservedFor", "machineId", "label"],
    ...["until", "changedAt"],
  ],
  subnets: [
    ...["name", "network", "prefixLength", "unknownMachines", "sharedNetwork", "definedAt", "changedAt"],
  ],
  classes: ["name", "priority", "definedAt", "changedAt"],
  reservations: ["address", "key", "mac", "machineId", "label", "subnet", "status"],
  bootenvs: ["name", "purpose", "version", "publishedAt"],
  runs: [
    ...["runId", "machineId", "label", "state", "environment", "image", "stage", "failureCode", "actor"],
    ...["requestedAt", "startedAt", "endedAt"],
  ],
  events: [
    ...["eventId", "stream", "category", "type", "actor", "source", "correlationId", "causationId", "time"],
    "machineId",
  ],
  principals: ["principalId", "name", "kind", "disabled", "role", "addedAt"],
  roles: ["name", "builtIn", "withdrawn", "scope"],
  tokens: ["tokenId", "name", "principal", "state", "issuedAt", "expiresAt", "lastUsedAt"],
};
