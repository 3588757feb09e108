import type { Command } from "commander";
import { runChange } from "../changes/change.ts";
import { labelSetting, paramSetting } from "../changes/settings.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, withChange } from "../options.ts";
import { onAction } from "../session.ts";
import { oneChange } from "./machine-changes.ts";

interface Options extends ChangeOptions {
  readonly name?: string;
  readonly label: readonly string[];
  readonly param: readonly string[];
}

/** What `machines register` asks for. */
export const registration = oneChange({
  verb: "register",
  summary: "announce a machine before it has ever booted",
  mutation: "registerMachine",
  done: "registered",
});

/** `machines register`. */
export function addRegister(parent: Command, host: Host): void {
  const command = withChange(
    parent.command("register").description("announce a machine before it has ever booted"),
  )
    .argument("<macs...>", "its interfaces")
    .option("--name <name>", "what to call it, also its host name")
    .option("--label <key=value>", "may be given again", collect, [])
    .option("--param <key=value>", "may be given again; what parses as JSON is JSON", collect, []);
  onAction<Options>(command, host, async (session, { args: macs, options }) => {
    const { name, label, param } = options;
    const input = { macs, name, labels: label.map(labelSetting), params: param.map(paramSetting) };
    await runChange(session, registration, { input, options });
  });
}

function collect(word: string, before: readonly string[]): readonly string[] {
  return [...before, word];
}
