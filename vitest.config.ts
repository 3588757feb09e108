import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import "./src/require-node.mjs";

const integration = "test/**/*.int.test.ts";
const endToEnd = "test/e2e/**/*.e2e.test.ts";
/** Needs an engine of somebody's, which `ESDB_URL` names. */
const realEngine = "test/**/*.esdb.test.ts";

/** As Node resolves packages: graphql must be the one copy that mercurius has, not its twin for bundlers. */
const resolve = { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] };

export default defineConfig({
  test: {
    // With `--coverage`: every branch of every rule is decided by a test.
    coverage: {
      provider: "v8",
      include: ["src/domain/**"],
      reporter: ["text-summary"],
      thresholds: { branches: 100 },
    },
    projects: [
      {
        resolve,
        test: { name: "unit", include: ["test/**/*.test.ts"], exclude: [integration, endToEnd, realEngine] },
      },
      {
        resolve,
        test: {
          name: "integration",
          include: [integration],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // They wait for sockets, disks and other processes more than they compute.
          maxWorkers: availableParallelism() + 1,
        },
      },
      { resolve, test: { name: "esdb", include: [realEngine] } },
      {
        resolve,
        test: {
          name: "e2e",
          include: [endToEnd],
          globalSetup: "test/e2e/support/assets.ts",
          testTimeout: 600_000,
          hookTimeout: 300_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
