import { z } from "zod";
import { dingtalkBoardConfig } from "./board-config.ts";
import { dingtalkConfig } from "./config.ts";

/** What `bots.dingtalk.<account>` may be: an internal app, or with `kind: board` the custom robot of a group. */
export const dingtalkAccount = z.discriminatedUnion("kind", [dingtalkConfig, dingtalkBoardConfig]);

export type DingtalkAccount = z.infer<typeof dingtalkAccount>;
