import { type Dirent, constants as fileConstants } from "node:fs";
import { open, readdir } from "node:fs/promises";
import { basename, join, relative, sep } from "node:path";
import { parse as parseYaml } from "yaml";
import { EnvironmentDefinition } from "../../domain/boot-environment/manifest.ts";
import { containedFile } from "../contained-file.ts";
import { compileScript, TemplateError } from "./render-script.ts";

/** A boot environment as its folder describes it. */
export interface EnvironmentFolder {
  readonly definition: EnvironmentDefinition;
  /** Text of every template by its path in the folder. */
  readonly templates: Readonly<Record<string, string>>;
  /** Where the files are, by the name that scripts use. */
  readonly files: Readonly<Record<string, string>>;
}

/** A boot environment's folder cannot be used. `message` names the file, the value and what to do. */
export class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}

/** Largest template or definition, octets. */
const textBytesMax = 64 * 1024;
const templatesMax = 64;

/** The folders of boot environments, in the order of their names. */
export async function folderNames(templatesDirectory: string): Promise<readonly string[]> {
  const entries = await readdir(templatesDirectory, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** @throws EnvironmentError */
export async function readEnvironmentFolder(
  folder: string,
  { assetsDirectory }: { readonly assetsDirectory: string },
): Promise<EnvironmentFolder> {
  const definition = await readDefinition(folder);
  const templates = await readTemplates(folder);
  for (const key of ["script", "grub"] as const) requireTemplate(key, { folder, definition, templates });
  const files = Object.keys(definition.files);
  for (const script of Object.keys(templates)) {
    try {
      // What can be parsed does not depend on the format.
      compileScript({ format: "ipxe", script, templates, files });
    } catch (error) {
      if (error instanceof TemplateError)
        throw new EnvironmentError(`${folder}/${error.message}`, { cause: error });
      throw error;
    }
  }
  return { definition, templates, files: await findFiles(definition, { folder, assetsDirectory }) };
}

function requireTemplate(
  key: "script" | "grub",
  {
    folder,
    definition,
    templates,
  }: Pick<EnvironmentFolder, "definition" | "templates"> & { readonly folder: string },
): void {
  const named = definition[key];
  if (named === undefined || Object.hasOwn(templates, named)) return;
  const found = Object.keys(templates).join(", ") || "none";
  throw new EnvironmentError(
    `${join(folder, "environment.yaml")}: ${key}: ${named} is not a template of the folder ` +
      `(found: ${found}): name a file that ends in .liquid`,
  );
}

async function readDefinition(folder: string): Promise<EnvironmentDefinition> {
  const file = join(folder, "environment.yaml");
  const text = await readText(file);
  let value: unknown;
  try {
    value = parseYaml(text);
  } catch (error) {
    const detail = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new EnvironmentError(`${file}: is not YAML: ${detail}`, { cause: error });
  }
  const parsed = EnvironmentDefinition.safeParse(value);
  if (!parsed.success) {
    const issues = parsed.error.issues.map(
      ({ path, message }) => `${path.join(".") || "the file"}: ${message}`,
    );
    throw new EnvironmentError(`${file}: ${issues.join("; ")}`);
  }
  const { name } = parsed.data;
  if (name === basename(folder)) return parsed.data;
  throw new EnvironmentError(`${file}: name: ${name} is not the folder's name: write ${basename(folder)}`);
}

/** Templates are the regular files that end in `.liquid`; a symbolic link is not followed, and not one of them. */
async function readTemplates(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await entriesOf(folder);
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith(".liquid"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (paths.length > templatesMax) {
    throw new EnvironmentError(
      `${folder}: ${paths.length} templates, at most ${templatesMax} are read: remove some`,
    );
  }
  const templates: [string, string][] = [];
  for (const path of paths)
    templates.push([relative(folder, path).replaceAll(sep, "/"), await readText(path)]);
  return Object.fromEntries(templates);
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new EnvironmentError(`${folder}: cannot be read: ${detail}`, { cause: error });
  }
}

async function findFiles(
  { files }: EnvironmentDefinition,
  { folder, assetsDirectory }: { readonly folder: string; readonly assetsDirectory: string },
): Promise<Readonly<Record<string, string>>> {
  const found: [string, string][] = [];
  for (const [name, path] of Object.entries(files)) {
    const file = await containedFile(assetsDirectory, path);
    if (!file) {
      throw new EnvironmentError(
        `${join(folder, "environment.yaml")}: files.${name}: there is no file ${path} in ${assetsDirectory}: ` +
          "build the agent, which puts it there, or name a file that is",
      );
    }
    found.push([name, file]);
  }
  return Object.fromEntries(found);
}

async function readText(file: string): Promise<string> {
  try {
    // Neither a link nor a pipe may stand in for a text of the folder.
    const handle = await open(
      file,
      fileConstants.O_RDONLY | fileConstants.O_NOFOLLOW | fileConstants.O_NONBLOCK,
    );
    try {
      const entry = await handle.stat();
      if (!entry.isFile()) throw new EnvironmentError(`${file}: is not a file: put a text file there`);
      if (entry.size > textBytesMax) {
        throw new EnvironmentError(
          `${file}: has ${entry.size} bytes, at most ${textBytesMax} are read: shorten it`,
        );
      }
      return await handle.readFile("utf8");
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof EnvironmentError) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new EnvironmentError(`${file}: cannot be read: ${detail}`, { cause: error });
  }
}
