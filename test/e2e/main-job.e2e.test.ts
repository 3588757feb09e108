import { stat } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../support/eventually.ts";
import { diskDigest } from "./support/disk-image.ts";
import { eventsOf } from "./support/logged-event.ts";
import { createSite, type Site } from "./support/site.ts";
import { storyOf } from "./support/story.ts";
import type { Subject } from "./support/subject.ts";

let site: Site;

beforeAll(async () => {
  site = await createSite();
}, 300_000);

afterAll(() => site?.close());
