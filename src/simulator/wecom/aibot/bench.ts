import { createManualClock } from "../../manual-clock.ts";
import { app } from "../bench.ts";
import { createWecomSimulator } from "../wecom-simulator.ts";
import type { AibotOptions } from "./context.ts";

/** A bot as tests use it. */
export const bot = { botId: "aib1", secret: "bot-secret", name: "小助手" };

export const webhook = {
  url: "https://hub.test/hooks/wecom/bot",
  token: "bot-token",
  encodingAesKey: "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
};

const world = {
  people: [
    { id: "ZhangSan", name: "张三", title: "店长" },
    { id: "lisi", name: "李四", title: "维修" },
  ],
  chats: [{ id: "wrg1", name: "维修群", kind: "group" as const, members: ["ZhangSan", "lisi"] }],
};

/** For tests: a WeCom with the app and a bot, on a clock to be turned by hand. `hub` gets what webhook mode pushes. */
export function given(
  more: Partial<AibotOptions> = {},
  hub: (request: Request) => Response | Promise<Response> = () => new Response(""),
) {
  const clock = createManualClock();
  const simulator = createWecomSimulator({
    world,
    clock,
    speed: 1,
    app,
    callbackUrl: "https://hub.test/hooks/wecom/stores",
    fetch: async (input, init) => hub(new Request(input, init)),
    aibot: { ...bot, ...more },
  });
  const { aibot } = simulator;
  if (aibot === null) throw new Error("there is no bot");
  return { simulator, aibot, clock, messages: () => simulator.view().messages };
}

/** What ZhangSan says to the bot in their own chat. */
export const said = { person: "ZhangSan", chat: "aibot:ZhangSan", text: "冰柜坏了" };

export const buttonCard = {
  card_type: "button_interaction",
  main_title: { title: "工单 T-1", desc: "冰柜不制冷" },
  task_id: "T-1_v1",
  button_selection: {
    question_key: "team",
    option_list: [
      { id: "net", text: "网络组" },
      { id: "cold", text: "冷链组" },
    ],
  },
  button_list: [{ text: "接单", style: 1, key: "claim|3|ticket:abc" }],
  action_menu: { desc: "更多", action_list: [{ text: "关闭", key: "close|3|ticket:abc" }] },
};
