import { readFile } from "node:fs/promises";
import type { Loaded } from "../config/load.ts";
import { readConfiguration } from "../configure.ts";
import type { Language } from "../core/text.ts";
import { complain, EXIT, type ExitCode, say } from "./output.ts";
import { printProblems } from "./problems.ts";
import { phrase } from "./words.ts";

export type PushOptions = {
  readonly config: string;
  /** Address of the hub. */
  readonly to: string;
  readonly adminToken: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly language: Language;
};

/** `loopdesk push`: check a configuration here, then send its text and its directory to the hub, which checks it again. */
export async function push(options: PushOptions): Promise<ExitCode> {
  const { config, to, adminToken, env, language } = options;
  if (adminToken === "") {
    complain(phrase(language, "noAdminToken"));
    return EXIT.usage;
  }
  const loaded = await readConfiguration({
    file: config,
    env,
    read: (path) => readFile(path, "utf8"),
    runtime: "workers",
  });
  printProblems(loaded.ok ? loaded.warnings : loaded.problems, language);
  if (!loaded.ok) return EXIT.problem;
  const response = await send(options, loaded);
  if (typeof response === "string") {
    complain(phrase(language, "unreachable", { url: to, reason: response }));
    return EXIT.problem;
  }
  if (response.ok) {
    say(phrase(language, "inForce", { url: to }));
    return EXIT.ok;
  }
  const answer = (await response.json().catch(() => ({}))) as {
    readonly problems?: readonly string[];
    readonly detail?: string;
  };
  for (const line of answer.problems ?? [
    answer.detail ?? phrase(language, "answered", { status: response.status }),
  ])
    complain(line);
  return EXIT.problem;
}

/** The hub's answer, or why there is none. */
async function send(options: PushOptions, { yaml, directory }: Loaded): Promise<Response | string> {
  const { to, adminToken, language } = options;
  try {
    return await fetch(`${to.replace(/\/+$/, "")}/admin/config`, {
      method: "PUT",
      headers: {
        authorization: `Bearer ${adminToken}`,
        "content-type": "application/json",
        "accept-language": language,
      },
      body: JSON.stringify({ yaml, directory }),
      redirect: "error", // the token is for that address alone
    });
  } catch (error) {
    const cause = error instanceof Error ? error.cause : null;
    return cause instanceof Error && "code" in cause ? String(cause.code) : String(error);
  }
}
