import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";

/**
 * `npm run build`: makes the folder that `npm run pack` packs, the published package as it will be installed.
 *
 * It is this tree with `.js` in place of `.ts`, because Node strips no types below `node_modules`, and with a
 * manifest of its own: what only a checkout needs (the runtime, tools, scripts) does not travel.
 */
const root = join(import.meta.dirname, "..");

/** What is taken along as it is. */
const carried = [
  ...["LICENSE", "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"],
  ...["docs", "examples", "packaging/systemd", "schema.graphql", "templates", "pages"],
  ...["agent/grub-local.cfg", "agent/initramfs", "agent/packages.json"],
];

/**
 * What browsers load comes along as files: the packages themselves are of no use to who installs this one. Their
 * licences ask to be told with them.
 */
const browserFiles = [
  ...["react/umd/react.production.min.js", "react/LICENSE"],
  ...["react-dom/umd/react-dom.production.min.js", "react-dom/LICENSE"],
  ...["graphiql/graphiql.min.js", "graphiql/graphiql.min.css", "graphiql/LICENSE"],
];

/** Commands that are no modules. */
const programs = ["ironledger-sockets"];

/** What the package installs as commands, and the module that each one runs. */
const commands = {
  ironledger: "src/cli/main.js",
  "ironledger-server": "src/main.js",
  "ironledger-rehearse": "src/rehearsal/main.js",
  "ironledger-maintenance": "src/maintenance/main.js",
  "ironledger-verify": "src/verifier/main.js",
  "ironledger-build-agent": "agent/build.js",
};

function main(): void {
  const folder = emptyFolder();
  compile(folder);
  for (const path of carried) cpSync(join(root, path), join(folder, path), { recursive: true });
  for (const path of browserFiles)
    cpSync(join(root, "node_modules", path), join(folder, "pages/vendor", path));
  for (const [name, module] of Object.entries(commands))
    writeCommand(join(folder, commandFile(name)), module);
  for (const name of programs) cpSync(join(root, "bin", name), join(folder, "bin", name));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest(), null, 2)}\n`);
}

/** `dist/`, emptied; or the folder that `--out` names, which must not exist. */
function emptyFolder(): string {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  if (values.out !== undefined && existsSync(values.out))
    throw new Error(`--out ${values.out}: exists already`);
  const folder = resolve(values.out ?? join(root, "dist"));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** The compiler says itself what it does not like, and then this is over. */
function compile(folder: string): void {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const project = join(root, "tsconfig.build.json");
  const { status } = spawnSync(process.execPath, [compiler, "-p", project, "--outDir", folder], {
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}

function commandFile(name: string): string {
  return `bin/${name}.mjs`;
}

/**
 * An older Node must meet its refusal before it tries to load what it cannot: a module's static imports are all
 * loaded before the first of them runs.
 */
function writeCommand(file: string, module: string): void {
  const text = `#!/usr/bin/env node\nimport "../src/require-node.mjs";\n\nawait import("../${module}");\n`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o755 });
}

/** Named field by field, so that what joins the checkout's manifest does not slip into the published one. */
function manifest(): object {
  const { name, version, description, license, type, engines, dependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  const bin = Object.fromEntries([
    ...Object.keys(commands).map((command) => [command, commandFile(command)]),
    ...programs.map((name) => [name, `bin/${name}`]),
  ]);
  return { name, version, description, license, type, engines, bin, dependencies };
}

main();
