import { z } from "zod";
import { DiskImage } from "../../domain/machine/deployment.ts";
import { Sha256 } from "../../domain/values/sha256.ts";

/** Anything that is not to be had, for whatever reason: 404. */
export const NotFoundAnswer = z.strictObject({ error: z.literal("not found") });

/** The request is not of the form that the route takes: 400, 413 and other 4xx. `message` says what is wrong. */
export const InvalidAnswer = z.strictObject({ error: z.literal("invalid"), message: z.string() });

/** The log takes nothing now: 503. Worth sending again after `Retry-After`. */
export const UnavailableAnswer = z.strictObject({ error: z.literal("unavailable") });

/** POST .../inventory */
export const InventoryAnswer = z.strictObject({ status: z.literal("recorded") });

/** GET .../task. `seconds`: until the agent is to ask again. */
export const TaskAnswer = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("wait"), seconds: z.int().positive() }),
  z.strictObject({ action: z.literal("reboot") }),
]);

/** POST .../hello: what is to be written where. `diskSerial` is empty when the disk has none. */
export const HelloAnswer = z.strictObject({
  action: z.literal("deploy-image"),
  imageUrl: z.url(),
  imageToken: z.string(),
  reportUrl: z.url(),
  reportToken: z.string(),
  format: DiskImage.shape.format,
  sha256: Sha256,
  diskName: z.string(),
  diskSerial: z.string(),
  diskBytes: z.int(),
});

/** POST .../stages and .../result */
export const ReportAnswer = z.strictObject({});
