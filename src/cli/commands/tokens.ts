import { writeFileSync } from "node:fs";
import { type Command, Option } from "commander";
import { type Change, commonInput, confirm, requestChange, runChange } from "../changes/change.ts";
import { changeText } from "../changes/change-text.ts";
import { principalIdOf } from "../changes/principal-reference.ts";
import { tokens } from "../collections/access.ts";
import { bareName } from "../collections/name.ts";
import { Failure, usageError } from "../failure.ts";
import type { Host } from "../host.ts";
import { type ChangeOptions, duration, withChange, withYes } from "../options.ts";
import { cellText, valueAt } from "../output/cell.ts";
import { onAction, type Session } from "../session.ts";
import { addCount } from "./count.ts";
import { addList } from "./list.ts";
import { tokenLookup } from "./lookups.ts";
import { addShow } from "./show.ts";

const fields = "token { id tokenId name state issuedAt expiresAt }";

export const issueToken: Change = {
  mutation: "issueToken",
  fields: `${fields} secret secretWasShown`,
  done: () => "",
};

export const revokeToken: Change = {
  mutation: "revokeToken",
  fields,
  done: (payload) => `token/${cellText(valueAt(payload, "token.tokenId"))} revoked`,
};

interface IssueOptions extends ChangeOptions {
  readonly name: string;
  readonly expiresIn?: number;
  readonly to?: string;
}

/** `tokens`: what principals show themselves with. */
export function addCommands(parent: Command, host: Host): void {
  addList(parent, tokens, host);
  addShow(parent, { collection: tokens, lookup: tokenLookup }, host);
  addCount(parent, tokens, host);

  const issue = withChange(parent.command("issue").description("make a token; it is shown this once"))
    .argument("<principal>")
    .requiredOption("--name <name>", "what it is for")
    .addOption(
      new Option("--expires-in <time>", "such as 12h or 90d; a person's token must end").argParser(duration),
    )
    .option("--to <file>", "write it to a new file that only you can read, instead of stdout");
  onAction<IssueOptions>(issue, host, async (session, { args: [principal = ""], options }) => {
    await issueTo(session, principal, options);
  });

  const revoke = withYes(
    withChange(parent.command("revoke").description("let a token count for nothing, for ever")),
  );
  onAction<ChangeOptions>(
    revoke.argument("<token>", "its id"),
    host,
    async (session, { args: [word = ""], options }) => {
      const tokenId = bareName(tokens, word);
      await confirm(session, `revoking token ${tokenId}`, options);
      await runChange(session, revokeToken, { input: { tokenId }, options });
    },
  );
}

/** The token alone goes to stdout, so that a pipe can take it; what is said about it goes to stderr. */
async function issueTo(session: Session, principal: string, options: IssueOptions): Promise<void> {
  const { name, expiresIn, to, output } = options;
  if (to !== undefined && output !== "table") throw usageError("--to goes with -o table alone");
  const principalId = await principalIdOf(session, principal);
  const expiresAt =
    expiresIn === undefined ? undefined : new Date(session.clock().getTime() + expiresIn).toISOString();
  const input = { principalId, name, expiresAt, ...commonInput(options) };
  const payload = await requestChange(session, issueToken, input);
  if (options.dryRun || output !== "table") {
    await session.streams.out(
      await changeText({ payload, done: "" }, { ...options, palette: session.palette }),
    );
    return;
  }
  const secret = payload["secret"];
  if (typeof secret !== "string") {
    throw new Failure("refused", "the token was shown before, and is not shown again", {
      code: "SECRET_WAS_SHOWN",
      remedy: "revoke it, and issue another with another idempotency key",
      correlationId: cellText(payload["correlationId"]),
    });
  }
  if (to === undefined) await session.streams.out(`${secret}\n`);
  else writeFileSync(to, `${secret}\n`, { mode: 0o600, flag: "wx" });
  session.note(`token/${cellText(valueAt(payload, "token.tokenId"))} issued; it is shown this once`);
}
