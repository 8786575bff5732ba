import { readdirSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-pool-workers";
import { defineConfig } from "vitest/config";
import { parse } from "yaml";
import { readConfiguration } from "./src/configure.ts";

const TEA_CHAIN = "examples/tea-chain/loopdesk.yaml";

/** The tea chain as `loopdesk push` sends it, its people, and the made-up secrets that it names. */
async function teaChain() {
  const { env, world } = JSON.parse(readFileSync("examples/tea-chain/demo.json", "utf8"));
  const secrets = { ...env, HUB_URL: "https://hub.test", SIMULATOR_URL: "https://vendors.test" };
  const read = (path: string) => readFile(path, "utf8");
  const loaded = await readConfiguration({ file: TEA_CHAIN, env: secrets, read });
  if (!loaded.ok) throw new Error(`${TEA_CHAIN} has problems: loopdesk check names them.`);
  return { secrets, world, pushed: { yaml: loaded.yaml, directory: loaded.directory } };
}

function scenarios(): Record<string, unknown> {
  const files = readdirSync("test/scenarios").filter((file) => file.endsWith(".yaml"));
  return Object.fromEntries(
    files.map((file) => [file, parse(readFileSync(`test/scenarios/${file}`, "utf8"))]),
  );
}

/** Tests that run in workerd, with the bindings of wrangler.toml and those of test/runtime/workerd/env.d.ts. */
export default defineConfig({
  plugins: [
    cloudflareTest(async () => {
      const { secrets, world, pushed } = await teaChain();
      const bindings = {
        ...secrets,
        LOOPDESK_ADMIN_TOKEN: "made-up-admin-token",
        TEA_CHAIN: pushed,
        WORLD: world,
        SCENARIOS: scenarios(),
        MIGRATIONS: await readD1Migrations("migrations/sqlite"),
      };
      return { wrangler: { configPath: "./wrangler.toml" }, miniflare: { bindings } };
    }),
  ],
  test: {
    name: "workerd",
    include: ["test/runtime/workerd/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
