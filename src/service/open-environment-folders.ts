import { join } from "node:path";
import { openContentStore } from "../boot/templates/content-store.ts";
import { environmentFolders } from "../boot/templates/environment-folders.ts";
import type { EnvironmentFolders } from "../domain/ports/environment-folders.ts";
import { startRenderer } from "./start-renderer.ts";

export interface EnvironmentFoldersPlaces {
  readonly dataDirectory: string;
  readonly templatesDirectory: string;
  readonly assetsDirectory: string;
}

/** The folders for whoever publishes while the service runs. What is published at the start has its own way. */
export async function openEnvironmentFolders(
  { dataDirectory, ...places }: EnvironmentFoldersPlaces,
  newId: () => string,
): Promise<EnvironmentFolders> {
  // Contents are the same for all threads. What is not whole yet is each thread's own.
  const content = await openContentStore(join(dataDirectory, "content"), newId, "incoming-api");
  return environmentFolders({ ...places, content, startRenderer });
}
