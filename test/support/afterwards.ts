import { afterEach } from "vitest";

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs after the test, the last registered first. */
export function afterwards(cleanup: () => unknown): void {
  cleanups.push(cleanup);
}
