import { z } from "zod";
import { aibotConfig } from "./aibot/config.ts";
import { wecomBoardConfig } from "./board-config.ts";
import { wecomConfig } from "./config.ts";

/** What `bots.wecom.<account>` may be: a self-built app, with `kind: aibot` an AI bot, with `kind: board` a group's webhook. */
export const wecomAccount = z.discriminatedUnion("kind", [
  wecomConfig,
  aibotConfig,
  wecomBoardConfig,
]);

export type WecomAccount = z.infer<typeof wecomAccount>;
