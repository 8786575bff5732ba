import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "sqlite",
  schema: ["./src/store/schema.ts", "./src/store/lookups-schema.ts"],
  out: "./migrations/sqlite",
});
