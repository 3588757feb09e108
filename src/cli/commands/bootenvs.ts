import type { Command } from "commander";
import { type Change, runChange } from "../changes/change.ts";
import { bootEnvironments } from "../collections/boot-environments.ts";
import { bareName } from "../collections/name.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, withChange } from "../options.ts";
import { cellText, valueAt } from "../output/cell.ts";
import { onAction } from "../session.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { bootEnvironmentLookup } from "./lookups.ts";
import { addShow } from "./show.ts";

export const publish: Change = {
  mutation: "publishBootEnvironment",
  fields: "bootEnvironment { id name version digest }",
  done(payload) {
    const [name, version] = ["name", "version"].map((key) =>
      cellText(valueAt(payload, `bootEnvironment.${key}`)),
    );
    return `bootenv/${name} is version ${version}`;
  },
};

/** `bootenvs`: what machines can boot into. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, bootEnvironments, host);
  addShow(parent, { collection: bootEnvironments, lookup: bootEnvironmentLookup }, host);
  addCount(parent, bootEnvironments, host);
  const command = withChange(parent.command("publish").description("publish what is in its folder")).argument(
    "<bootenv>",
  );
  onAction<ChangeOptions>(command, host, async (session, { args: [name = ""], options }) => {
    await runChange(session, publish, { input: { name: bareName(bootEnvironments, name) }, options });
  });
}
