import { defineConfig } from "vitest/config";

/** What runs in Node. The tests inside the Workers runtime have a file of their own: vitest.workerd.config.ts. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "src/**/*.test.ts",
            "console/src/**/*.test.ts",
            "test/{contracts,scenarios,rules}/**/*.test.ts",
          ],
        },
      },
      {
        test: {
          name: "node",
          include: ["test/runtime/node/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.ts"],
          globalSetup: "test/browser/require-chromium.ts",
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
