import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";

/** Tests that run in workerd, with the bindings of wrangler.toml. `env.MIGRATIONS` is for `applyD1Migrations(env.DB, …)`. */
export default defineConfig({
  plugins: [
    cloudflareTest(async () => ({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: { bindings: { MIGRATIONS: await readD1Migrations("migrations/sqlite") } },
    })),
  ],
  test: { name: "workerd", include: ["test/runtime/workerd/**/*.test.ts"] },
});
