import type { Rejection } from "../decision.ts";
import { showOption } from "./option-formats.ts";
import type { OptionSetting } from "./option-setting.ts";

/** What is wrong with the options that somebody sets. */
export type OptionProblemCode =
  /** The server says this option itself, or only clients say it. The message names what to use instead. */
  | "OPTION_NOT_SETTABLE"
  /** One option is set twice. */
  | "OPTION_TWICE";

type Problem = Rejection<OptionProblemCode>;

const followsLease = "it follows the lease: set the seconds of the lease";
const clientsSay = "only clients say it";
const serverSays = "the server says it itself";

/** Options that nobody may set, and why. */
const reserved: Readonly<Record<number, string>> = {
  50: clientsSay,
  51: followsLease,
  52: serverSays,
  53: serverSays,
  54: serverSays,
  55: clientsSay,
  56: serverSays,
  57: clientsSay,
  58: followsLease,
  59: followsLease,
  60: "it tells UEFI HTTP boot apart, and the server says it to those who do",
  61: clientsSay,
  67: "set the boot file of a client class",
  77: clientsSay,
  80: "the server does not grant without a request (RFC 4039)",
  81: "the server registers no names in the DNS (RFC 4702)",
  82: "it is the relay's, which gets it back as it came",
  90: "the server signs no answers (RFC 3118)",
  93: clientsSay,
  94: clientsSay,
  97: clientsSay,
  118: clientsSay,
  175: "the server says it to iPXE",
};

/** Options for which subnets have fields of their own. */
const subnetFields: Readonly<Record<number, string>> = {
  1: "the network of the subnet says it",
  3: "set the routers of the subnet",
  6: "set the DNS servers of the subnet",
  15: "set the domain name of the subnet",
};

/** The first thing that is wrong with the options of a class or a machine; `undefined`: nothing is. */
export function optionsProblem(options: readonly OptionSetting[]): Problem | undefined {
  return firstProblem(options, reserved);
}

/** As `optionsProblem`, of a subnet. */
export function subnetOptionsProblem(options: readonly OptionSetting[]): Problem | undefined {
  return firstProblem(options, { ...reserved, ...subnetFields });
}

function firstProblem(
  options: readonly OptionSetting[],
  refused: Readonly<Record<number, string>>,
): Problem | undefined {
  const codes = new Set<number>();
  for (const setting of options) {
    const { code } = setting;
    const why = refused[code];
    if (why !== undefined) {
      return { code: "OPTION_NOT_SETTABLE", message: `option ${named(setting)} cannot be set: ${why}` };
    }
    if (codes.has(code)) {
      return {
        code: "OPTION_TWICE",
        message: `option ${named(setting)} is set twice: leave one of them out`,
      };
    }
    codes.add(code);
  }
  return undefined;
}

/** `26 (interface-mtu)`, or only the code where it has no name. */
function named(setting: OptionSetting): string {
  const { name } = showOption(setting);
  return name === `${setting.code}` ? name : `${setting.code} (${name})`;
}
