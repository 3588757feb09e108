import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createSite, type RunningService, type Site, startService } from "./service-under-test.ts";

/** A place for a service that a test starts again and again. All of it is ended and removed after the test. */
export interface RestartableSite extends Site {
  start(): Promise<RunningService>;
}

/** `settings`: what the configuration says besides. */
export async function createRestartableSite(settings: object = {}): Promise<RestartableSite> {
  const site = await createSite("assets");
  onTestFinished(() => site.remove());
  const config = await site.configFor(site.dataDirectory, settings);
  return {
    ...site,
    async start() {
      const service = await startService(config, join(site.directory, "service.log"));
      onTestFinished(async () => {
        if (service.process.exitCode === null) await service.kill();
      });
      return service;
    },
  };
}
