import { accept, type Decider } from "../decision.ts";
import type { StreamKind } from "../handle-command.ts";
import type { NetworkCommand } from "./commands.ts";
import { changeClass, defineClass, retireClass } from "./decide-class.ts";
import { changeSubnet, defineSubnet, retireSubnet } from "./decide-subnet.ts";
import type { NetworkRejectionCode } from "./decision.ts";
import { type NetworkEvent, networkCodec } from "./events.ts";
import { emptyNetwork, evolve, type Network } from "./state.ts";

export type { NetworkRejectionCode } from "./decision.ts";

export const networkDecider: Decider<Network, NetworkCommand, NetworkEvent, NetworkRejectionCode> = {
  initial: emptyNetwork,
  decide(command, network) {
    switch (command.type) {
      case "DefineSubnet":
        return defineSubnet(command.subnet, network);
      case "ChangeSubnet":
        return changeSubnet(command.subnet, network);
      case "RetireSubnet":
        return retireSubnet(command.name, network);
      case "DefineClientClass":
        return defineClass(command.class, network);
      case "ChangeClientClass":
        return changeClass(command.class, network);
      case "RetireClientClass":
        return retireClass(command.name, network);
      case "RecordRogueServer": {
        const { server, wire, mac, offered } = command;
        return accept({ type: "RogueServerSeen", data: { server, wire, mac, offered } });
      }
    }
  },
  evolve,
};

/** The stream `network`. */
export const networkKind: StreamKind<Network, NetworkCommand, NetworkEvent, NetworkRejectionCode> = {
  decider: networkDecider,
  codec: networkCodec,
};
