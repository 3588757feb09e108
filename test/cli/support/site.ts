import { join } from "node:path";
import {
  createSite,
  type RunningService,
  type Site,
  startService,
} from "../../support/service-under-test.ts";
import { createPerson, type Person } from "./run-cli.ts";

/** A real service, and somebody who works with it from the command line. */
export interface CliSite {
  readonly site: Site;
  readonly service: RunningService;
  readonly tokenFile: string;
  readonly person: Person;
  remove(): Promise<void>;
}

/** The person's environment names the service and the file of its first token. `settings`: of the configuration, besides. */
export async function createCliSite(settings: object = {}): Promise<CliSite> {
  const site = await createSite("assets");
  const service = await startService(
    await site.configFor(site.dataDirectory, settings),
    join(site.directory, "service.log"),
  );
  const tokenFile = join(site.dataDirectory, "api-token");
  const person = createPerson({ IRONLEDGER_SERVER: service.api, IRONLEDGER_TOKEN_FILE: tokenFile });
  return {
    site,
    service,
    tokenFile,
    person,
    async remove() {
      await service.stop();
      await site.remove();
      person.leave();
    },
  };
}
