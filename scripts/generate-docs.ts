import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { cliPage } from "./docs/cli-page.ts";
import { configurationPage, configurationSample } from "./docs/configuration-page.ts";
import { errorsPage } from "./docs/errors-page.ts";
import { eventsPage } from "./docs/events-page.ts";
import { metricsPage } from "./docs/metrics-page.ts";

/**
 * Writes the generated pages of `docs/reference`, and the sample configuration. With `--check` it writes nothing and exits with code 1 when a
 * page is not what the sources say.
 */
const root = join(import.meta.dirname, "..");
const domain = join(root, "src/domain");
const schema = readFileSync(join(root, "schema.graphql"), "utf8");
const pages = [
  { file: join(root, "docs/reference/events.md"), text: eventsPage(domain) },
  { file: join(root, "docs/reference/errors.md"), text: errorsPage({ domain, schema }) },
  { file: join(root, "docs/reference/cli.md"), text: await cliPage() },
  { file: join(root, "docs/reference/configuration.md"), text: configurationPage() },
  { file: join(root, "docs/reference/metrics.md"), text: metricsPage() },
  { file: join(root, "examples/all-settings.yaml"), text: configurationSample() },
];

const outdated = pages.filter(({ file, text }) => !existsSync(file) || readFileSync(file, "utf8") !== text);
if (process.argv.includes("--check")) {
  for (const { file } of outdated) {
    process.stderr.write(`${relative(root, file)} is not what the sources say: run npm run docs\n`);
  }
  process.exitCode = outdated.length === 0 ? 0 : 1;
} else {
  for (const { file, text } of outdated) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
