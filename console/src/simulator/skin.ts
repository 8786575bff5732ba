import type { ToolView } from "../../../src/simulator/tool.ts";

export type ToolName = ToolView["tool"];

/** Whose look a panel wears; also its place on the page. */
export const SKINS = ["feishu", "dingtalk", "wecom", "web"] as const;
export type Skin = (typeof SKINS)[number];

export const TOOLS = ["feishu", "dingtalk", "wecom"] as const satisfies readonly ToolName[];
