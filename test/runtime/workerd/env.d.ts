/// <reference types="@cloudflare/vitest-pool-workers/types" />

/** What the tests inside workerd find in `env`: the bindings of wrangler.toml, and those of vitest.workerd.config.ts. */
declare namespace Cloudflare {
  interface Env {
    DB: D1Database;
    WAKE: Queue<"due">;
    MIGRATIONS: import("cloudflare:test").D1Migration[];
    LOOPDESK_ADMIN_TOKEN: string;
    FEISHU_ENCRYPT_KEY: string;
    FEISHU_VERIFICATION_TOKEN: string;
    /** File names to what stands in them. */
    SCENARIOS: Record<string, unknown>;
    WORLD: import("../../../src/simulator/company.ts").CompanyWorld;
    TEA_CHAIN: import("../../../src/http/admin.ts").PushedConfiguration;
  }
  interface GlobalProps {
    mainModule: typeof import("../../../src/worker.ts");
  }
}
