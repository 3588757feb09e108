import type { InventoryResolvers } from "../__generated__/resolvers.ts";
import { firmwareNames } from "./names.ts";

/** Everything else is what the domain's inventory has under the same name. */
export const Inventory: InventoryResolvers = {
  firmware: ({ firmware }) => firmwareNames[firmware],
  agentPackages: ({ agent }) => agent.packages,
};
