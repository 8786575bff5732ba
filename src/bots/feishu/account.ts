import { z } from "zod";
import { feishuBoardConfig } from "./board-config.ts";
import { feishuConfig } from "./config.ts";

/** What `bots.feishu.<account>` may be: an app, or with `kind: board` the custom bot of a group. */
export const feishuAccount = z.discriminatedUnion("kind", [feishuConfig, feishuBoardConfig]);

export type FeishuAccount = z.infer<typeof feishuAccount>;
