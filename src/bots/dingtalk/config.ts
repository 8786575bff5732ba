import { z } from "zod";

const baseUrl = z
  .url({ protocol: /^https?$/, error: "expected an http or https URL" })
  .transform((url) => url.replace(/\/+$/, ""));

/** One internal app of a DingTalk organisation with its robot, as `bots.dingtalk.<account>` configures it. */
export const dingtalkConfig = z
  .strictObject({
    enabled: z.boolean().default(true),
    kind: z.literal("app").optional().default("app"),
    /** How robot messages and clicks reach us; the console must say the same. */
    transport: z.enum(["webhook", "stream"]).default("webhook"),
    /** The app's Client ID (AppKey). */
    client_id: z.string().min(1),
    /** The app's Client Secret (AppSecret); robot messages are signed with it. */
    client_secret: z.string().min(1),
    /** Default: `client_id`, which it is for every internal app. */
    robot_code: z.string().min(1).optional(),
    corp_id: z.string().min(1).optional(),
    /** Of the event subscription, 43 letters and digits. */
    aes_key: z
      .string()
      .regex(/^[A-Za-z0-9]{43}$/, "expected 43 letters and digits")
      .optional(),
    /** Of the event subscription. */
    token: z.string().min(3).max(32).optional(),
    /** Id that the card console gave to the imported template; without it cards have links in the place of buttons. */
    card_template_id: z.string().min(1).optional(),
    /** Our own secret, with which DingTalk signs clicks. Only for `webhook`. */
    card_api_secret: z.string().min(1).optional(),
    /** Our own name for the address that clicks go to. Only for `webhook`. */
    card_route_key: z.string().min(1).optional(),
    api_base: baseUrl.default("https://api.dingtalk.com"),
    /** Where to ask for a Stream connection. Default: `api_base`. */
    gateway: baseUrl.optional(),
    oapi_base: baseUrl.default("https://oapi.dingtalk.com"),
    /** How far a push's timestamp may be from our clock. DingTalk docs: receive-message (1 h). */
    stale_after_s: z.number().int().positive().default(3600),
  })
  .superRefine((config, context) => {
    togetherOrNot(config, context, ["aes_key", "token"]);
    // Over Stream clicks come by the connection, which needs neither a name nor a signature.
    if (config.transport === "webhook") {
      togetherOrNot(config, context, ["card_template_id", "card_api_secret", "card_route_key"]);
    }
  });

export type DingtalkConfig = z.infer<typeof dingtalkConfig>;

export function robotCode(config: DingtalkConfig): string {
  return config.robot_code ?? config.client_id;
}

function togetherOrNot(
  config: Readonly<Record<string, unknown>>,
  context: z.core.$RefinementCtx,
  names: readonly string[],
): void {
  const missing = names.filter((name) => config[name] === undefined);
  if (missing.length === 0 || missing.length === names.length) return;
  for (const name of missing) {
    const message = `${names.join(", ")} belong together: set ${name} too, or none of them`;
    context.addIssue({ code: "custom", path: [name], message });
  }
}
