import { type Context, Hono } from "hono";
import { z } from "zod";
import type { Language } from "../core/text.ts";
import { limitBody } from "./hooks.ts";
import { problem } from "./problem.ts";
import { respond } from "./respond.ts";

const LARGEST_BODY = 32 * 1_048_576;

const pushed = z.strictObject({
  yaml: z.string().min(1),
  /** The directory as `loopdesk push` read it; null when the YAML holds the stores itself. */
  directory: z
    .strictObject({
      fingerprint: z.string(),
      stores: z.array(
        z.strictObject({
          id: z.string(),
          name: z.string(),
          region: z.string(),
          names: z.array(z.string()),
        }),
      ),
    })
    .nullable(),
});

export type PushedConfiguration = z.infer<typeof pushed>;

export type AdminOptions = {
  isOperator(context: Context): boolean;
  /** Put it into force; resolves with one line for each problem, in that language, none when it is in force. */
  configure(configuration: PushedConfiguration, language: Language): Promise<readonly string[]>;
};

/** `PUT /admin/config`: how a hub without a file system gets its configuration. */
export function adminRoutes(options: AdminOptions): Hono {
  const app = new Hono();
  app.put("/admin/config", limitBody(LARGEST_BODY), async (c) => {
    if (!options.isOperator(c))
      return respond(problem(403, "operators_only", "This needs the admin token."));
    const body = pushed.safeParse(await c.req.json().catch(() => null));
    if (!body.success) {
      const detail = "Expected JSON with `yaml` and `directory`, as `loopdesk push` sends it.";
      return respond(problem(400, "malformed", detail));
    }
    const language = c.req.header("accept-language")?.startsWith("zh") ? "zh-CN" : "en";
    const problems = await options.configure(body.data, language);
    return problems.length === 0
      ? c.json({ status: "in force" })
      : c.json({ status: "refused", problems }, 422);
  });
  return app;
}
