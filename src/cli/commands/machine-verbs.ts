import { Option } from "commander";
import type { Row } from "../api/api.ts";
import { labelSetting, paramSetting, type Setting } from "../changes/settings.ts";
import { usageError } from "../failure.ts";
import { words } from "../options.ts";
import type { MachineVerb } from "./machine-changes.ts";
import { dhcpSetting } from "./network-options.ts";

/** What can be done to machines. */
export const machineVerbs: readonly MachineVerb[] = [
  {
    verb: "approve",
    summary: "allow machines to be deployed",
    mutation: "approveMachine",
    action: "approve",
    done: "approved",
    configure: (command) => command.option("--name <name>", "what to call it, also its host name"),
    input: ({ name }) => (name === undefined ? {} : { name }),
    forOne: ({ name }) => name !== undefined,
  },
  {
    verb: "lock",
    summary: "refuse everything that would change what is on their disks",
    mutation: "lockMachine",
    action: "lock",
    done: "locked",
  },
  { verb: "unlock", summary: "lift the lock", mutation: "unlockMachine", action: "unlock", done: "unlocked" },
  {
    verb: "quarantine",
    summary: "set machines aside until somebody vouches for them",
    mutation: "quarantineMachine",
    action: "quarantine",
    done: "quarantined",
    configure: (command) =>
      command.requiredOption("--message <text>", "what is the matter, shown with the machine"),
    input: ({ message }) => ({ message }),
  },
  {
    verb: "release",
    summary: "give machines back that are no longer needed as they are",
    mutation: "releaseMachine",
    action: "release",
    done: "released",
    asks: "releasing",
  },
  {
    verb: "retire",
    summary: "forget machines: their names and interfaces are free for others",
    mutation: "retireMachine",
    action: "retire",
    done: "retired",
    asks: "retiring",
  },
  {
    verb: "deploy",
    summary: "write an image to a disk at the next boot",
    mutation: "deployMachine",
    action: "deploy",
    fields: "run { runId state }",
    done: "set to be deployed at the next boot",
    asks: "overwriting a disk of",
    configure: (command) =>
      command
        .requiredOption("--environment <bootenv>", "a boot environment of purpose DEPLOY")
        .requiredOption("--image <image>", "a file in the images folder")
        .requiredOption("--sha256 <digest>", "of the unpacked image")
        .option("--disk <name>", "serial number or kernel's name; may be left out when there is one disk"),
    input: ({ environment, image, sha256, disk }) => ({ environment, image: { file: image, sha256 }, disk }),
  },
  {
    verb: "rename",
    summary: "give a machine another name",
    mutation: "renameMachine",
    done: "renamed",
    configure: (command) => command.argument("<name>", "also its host name"),
    input: (_options, [name]) => ({ name }),
    machinesMax: 1,
  },
  {
    verb: "label",
    summary: "set labels (KEY=VALUE) and take labels away",
    mutation: "labelMachine",
    action: "label",
    done: "labelled",
    configure: (command) =>
      command
        .usage("[options] <machine...> [KEY=VALUE...]")
        .addOption(
          new Option("--remove <keys>", "labels to take away, separated by commas").argParser(words),
        ),
    input: (options, settings) => settingsInput(settings.map(labelSetting), options),
  },
  {
    verb: "params",
    summary: "set parameters (KEY=JSON or KEY=text) and take parameters away",
    mutation: "setMachineParams",
    action: "params",
    done: "given parameters",
    configure: (command) =>
      command
        .usage("[options] <machine...> [KEY=VALUE...]")
        .addOption(
          new Option("--remove <keys>", "parameters to take away, separated by commas").argParser(words),
        ),
    input: (options, settings) => settingsInput(settings.map(paramSetting), options),
  },
  {
    verb: "dhcp-options",
    summary: "replace the DHCP options (NAME=VALUE) that a machine gets before all others",
    mutation: "setMachineDhcpOptions",
    done: "given its DHCP options",
    configure: (command) =>
      command
        .usage("[options] <machine> [NAME=VALUE...]")
        .argument("[settings...]", "all of them, such as ntp-servers=10.0.0.1")
        .option("--none", "no options of its own any more"),
    input: ({ none }, settings) => dhcpInput(none === true, settings),
    machinesMax: 1,
  },
];

/** What is asked of the next boot. */
export const intentVerbs: readonly MachineVerb[] = [
  {
    verb: "set",
    summary: "let a machine boot an environment once, to take its inventory again",
    mutation: "setBootIntent",
    done: "set to boot it once",
    configure: (command) =>
      command.requiredOption("--environment <bootenv>", "a boot environment of purpose DISCOVER"),
    input: ({ environment }) => ({ environment }),
  },
  {
    verb: "withdraw",
    summary: "take a boot intent or a deployment back before the machine boots",
    mutation: "withdrawBootIntent",
    done: "left without a boot intent",
  },
];

function settingsInput(set: readonly Setting[], { remove = [] }: Row): Row {
  if (set.length > 0 || (remove as readonly string[]).length > 0) return { set, remove };
  throw usageError("nothing to set or to remove", "write KEY=VALUE, or --remove KEY");
}

function dhcpInput(none: boolean, settings: readonly string[]): Row {
  if (none === settings.length > 0) throw usageError("write NAME=VALUE for each option, or --none");
  const options = settings.map((word) => {
    const setting = dhcpSetting(word);
    if (!setting) throw usageError(`${word}: expected NAME=VALUE, such as ntp-servers=10.0.0.1`);
    return setting;
  });
  return { options };
}
