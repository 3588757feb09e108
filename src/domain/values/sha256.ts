import { z } from "zod";

/** A SHA-256 digest (FIPS 180-4) in lower case hex: 64 characters. */
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/, "expected 64 lower case hex characters")
  .brand<"Sha256">();
export type Sha256 = z.infer<typeof Sha256>;
