import type { Config } from "../../config.ts";

/** What the configuration says of one wire. */
export interface WireSettings extends Omit<Config["moreWires"][number], "interface"> {
  /** Its interface, or its address where no interface is named: for logs, metrics and events. */
  readonly name: string;
  /** Where the configuration says so. */
  readonly key: string;
  /** `undefined`: the wire is where its address is. */
  readonly interface: string | undefined;
}

/** Every wire, in the order of the configuration. */
export function wireSettings({
  wire,
  moreWires,
}: Pick<Config, "wire" | "moreWires">): readonly WireSettings[] {
  const { dhcpPort: _, dhcpClientPort: __, tftpPort: ___, httpPort: ____, ...first } = wire;
  return [first, ...moreWires].map((each, index) => ({
    ...each,
    interface: each.interface,
    name: each.interface ?? each.address ?? "wire",
    key: index === 0 ? "wire" : `moreWires[${index - 1}]`,
  }));
}
