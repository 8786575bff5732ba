import { z } from "zod";

/** The custom robot of one DingTalk group, which only posts: `bots.dingtalk.<account>` with `kind: board`. */
export const dingtalkBoardConfig = z.strictObject({
  enabled: z.boolean().default(true),
  kind: z.literal("board"),
  /** What the robot's webhook address has behind `access_token=`. Whoever has it can post into the group. */
  access_token: z
    .string()
    .regex(/^[\w-]+$/, "expected what stands behind access_token= in the webhook address"),
  /** Of "additional signature" in the robot's security settings, if it is on. */
  secret: z.string().min(1).optional(),
  oapi_base: z
    .url({ protocol: /^https?$/, error: "expected an http or https URL" })
    .transform((url) => url.replace(/\/+$/, ""))
    .default("https://oapi.dingtalk.com"),
});

export type DingtalkBoardConfig = z.infer<typeof dingtalkBoardConfig>;
