import { containedFile } from "../../boot/contained-file.ts";
import type { Config } from "../../config.ts";
import type { ConfigProblem } from "./problem.ts";

/** Loaders that the configuration names and the assets directory does not hold: their machines would not boot. */
export async function loaderProblems({
  loaders,
  assetsDirectory,
}: Pick<Config, "loaders" | "assetsDirectory">): Promise<readonly ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  for (const [architecture, file] of Object.entries(loaders)) {
    if (file === undefined || (await containedFile(assetsDirectory, file))) continue;
    const message = `there is no file ${file} in ${assetsDirectory}`;
    problems.push({ key: `loaders.${architecture}`, message, remedy: "Put it there, or name another" });
  }
  return problems;
}
