import { accept, reject } from "../decision.ts";
import { optionsProblem } from "../network/check-options.ts";
import { same } from "../values/same.ts";
import type { CommandOf, MachineDecision } from "./decision.ts";
import type { ActiveMachine } from "./state.ts";

/** Sets what the machine gets before all others; nothing is recorded of a list that it has already. */
export function changeDhcpOptions(
  { options }: CommandOf<"ChangeDhcpOptions">,
  { dhcpOptions }: ActiveMachine,
): MachineDecision {
  const ordered = options.toSorted((one, other) => one.code - other.code);
  if (same(ordered, dhcpOptions)) return accept();
  const problem = optionsProblem(ordered);
  if (problem) return reject(problem.code, problem.message);
  return accept({ type: "DhcpOptionsChanged", data: { options: ordered } });
}
