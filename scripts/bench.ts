/** `npm run bench -- NAME` runs bench/NAME.ts; without a name it lists what there is. */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../bench/", import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.slice(0, -".ts".length))
  .sort();
const [name, ...rest] = process.argv.slice(2);

if (name === undefined) {
  console.log(names.join("\n"));
} else if (names.includes(name)) {
  const args = ["--import", "tsx", `${folder}${name}.ts`, ...rest];
  process.exitCode = spawnSync(process.execPath, args, { stdio: "inherit" }).status ?? 1;
} else {
  console.error(`No benchmark "${name}". There are: ${names.join(", ") || "none yet"}.`);
  process.exitCode = 2;
}
