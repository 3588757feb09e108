import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Verification } from "../../adapters/graphql/audit/verifier.ts";
import { writeSecretFile } from "../../durable-file.ts";
import { type FindingCode, findingTexts } from "../../proof/findings.ts";

const Finding = z.object({
  code: z.enum(Object.keys(findingTexts) as [FindingCode, ...FindingCode[]]),
  position: z.int().min(0),
  stream: z.string().exactOptional(),
  revision: z.number().exactOptional(),
  message: z.string(),
});

const Report = z.object({
  logId: z.string(),
  incarnation: z.string(),
  first: z.int(),
  events: z.int(),
  size: z.int(),
  root: z.string(),
  vouched: z.int().optional(),
  findingCount: z.int().min(0),
  findings: z.array(Finding),
});

const View = z.object({
  view: z.string(),
  position: z.string().optional(),
  digest: z.string().optional(),
  difference: z.string().optional(),
});

const Kept = z.object({
  format: z.literal(1),
  verification: z.object({
    id: z.string(),
    actor: z.string(),
    startedAtMs: z.int(),
    endedAtMs: z.int(),
    state: z.literal("ended"),
    progress: z.object({
      stage: z.enum(["log", "views"]),
      events: z.int(),
      of: z.int(),
      perSecond: z.number(),
    }),
    report: Report,
    views: z.array(View),
  }),
});

/** The newest verification that came to its end, in a file: it outlives the service, and a log that cannot be written. */
export interface KeptVerification {
  /** `undefined`: there is none, or the file is none of this release's. */
  read(): Verification | undefined;
  /** Resolves when it is on disk. */
  write(verification: Verification): Promise<void>;
}

export interface KeptVerificationOptions {
  readonly file: string;
  /** The file is of no use. What is in it is forgotten, for it can be found out again. */
  readonly onWarning: (message: string) => void;
}

export function keptVerification({ file, onWarning }: KeptVerificationOptions): KeptVerification {
  return {
    read() {
      try {
        const { verification } = Kept.parse(JSON.parse(readFileSync(file, "utf8")));
        const { report, views } = verification;
        return {
          ...verification,
          failure: undefined,
          report: { ...report, vouched: report.vouched },
          views: views.map(({ view, position, digest, difference }) => ({
            view,
            position,
            digest,
            difference,
          })),
        };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        onWarning(`${file} does not tell of the newest verification: ${messageOf(error)}`);
        return undefined;
      }
    },
    async write(verification) {
      try {
        await writeSecretFile(file, `${JSON.stringify({ format: 1, verification })}\n`);
      } catch (error) {
        // A disk that is full is told of elsewhere; the verification is known all the same while the service runs.
        onWarning(`${file} cannot be written: ${messageOf(error)}`);
      }
    },
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
