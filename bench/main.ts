import "../src/require-node.mjs";
import { cpus, release } from "node:os";
import { measureAppends } from "./append.ts";
import { measureDora } from "./boot/dora-loopback.ts";
import { measureQueries } from "./queries.ts";
import { measureRebuild } from "./rebuild.ts";
import { measureRenders } from "./render.ts";

/** `npm run bench`: every measurement once, and as the last line one JSON object with all figures. */
const [processor] = cpus();
process.stdout.write(
  `${cpus().length} x ${processor?.model ?? "unknown processor"}, Linux ${release()}, Node ${process.versions.node}\n`,
);

const appends = await told("appends", measureAppends);
const rebuild = await told("rebuild", measureRebuild);
const dora = await told("DHCP exchanges", measureDora);
const queries = await told("queries over a fleet", measureQueries);
const renders = await told("script renders", measureRenders);
process.stdout.write(`${JSON.stringify({ ...appends, ...rebuild, ...dora, ...queries, ...renders })}\n`);

async function told<Figures extends object>(what: string, measure: () => Promise<Figures>): Promise<Figures> {
  const figures = await measure();
  process.stdout.write(`\n${what}\n`);
  for (const [name, value] of Object.entries(figures)) {
    process.stdout.write(
      `  ${name.padEnd(24)} ${typeof value === "object" ? JSON.stringify(value) : value}\n`,
    );
  }
  return figures;
}
