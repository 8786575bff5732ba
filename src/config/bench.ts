import { z } from "zod";
import type { AccountReader } from "./json-schema.ts";
import { type LoadResult, parseConfig } from "./load.ts";
import { formatProblem } from "./problem.ts";

/** Channels with small account bodies, so that what is tested is the reading and not a bot. */
export const ACCOUNTS: readonly AccountReader[] = [
  {
    name: "feishu",
    kind: "bots",
    schema: z
      .strictObject({
        app_id: z.string().min(1),
        app_secret: z.string().min(1),
        aes_key: z
          .string()
          .regex(/^[A-Za-z0-9]{43}$/, "expected 43 letters and digits")
          .optional(),
        token: z.string().optional(),
        api_base: z.url().optional(),
        transport: z.literal("webhook").default("webhook"),
        stale_after_s: z.int().min(60).default(3600),
        enabled: z.boolean().default(true),
      })
      .refine(({ aes_key, token }) => token === undefined || aes_key !== undefined, {
        path: ["aes_key"],
        error: "aes_key and token belong together: set aes_key too",
      }),
  },
  {
    name: "wecom",
    kind: "bots",
    schema: z.strictObject({
      kind: z.literal("app").default("app"),
      agent_id: z.union([z.int(), z.string().regex(/^\d+$/, "expected digits").transform(Number)]),
    }),
  },
  { name: "web", kind: "channels", schema: z.strictObject({ secret: z.string().min(1) }) },
];

export type Given = {
  readonly env?: Readonly<Record<string, string>>;
  /** Other files by path. */
  readonly files?: Readonly<Record<string, string>>;
};

/** Read a text as if it were the file `loopdesk.yaml`. */
export function parse(text: string, { env = {}, files = {} }: Given = {}): Promise<LoadResult> {
  const read = async (path: string) => {
    const found = files[path];
    if (found === undefined) throw Object.assign(new Error("no such file"), { code: "ENOENT" });
    return found;
  };
  return parseConfig(text, { file: "loopdesk.yaml", env, read, accounts: ACCOUNTS });
}

/** What an admin reads about a text: errors or, where it has none, warnings. */
export async function report(
  text: string,
  given: Given = {},
  language: "zh-CN" | "en" = "en",
): Promise<string[]> {
  const result = await parse(text, given);
  return (result.ok ? result.warnings : result.problems).map((problem) =>
    formatProblem(problem, language),
  );
}

/** A small configuration that is right; `more` is put at its end. */
export function yaml(more = ""): string {
  return `hub: { name: Desk, public_url: https://desk.example.com }
bots: { feishu: { hq: { app_id: cli, app_secret: sesame } } }
agents: { li: { name: Li, feishu: ou_li } }
teams:
  supply: { name: Supply, members: [li], chats: [{ bot: feishu/hq, chat: oc_1 }] }
${more}`;
}
