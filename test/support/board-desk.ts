import type { Account } from "../../src/app/hub.ts";
import { createBoard } from "../../src/bots/wecom/board.ts";
import { wecomBoardConfig } from "../../src/bots/wecom/board-config.ts";
import { BOARD_CHAT, type Policy } from "../../src/core/config/policy.ts";
import { actRoutes } from "../../src/http/act.ts";
import { createWecomSimulator } from "../../src/simulator/wecom/wecom-simulator.ts";
import { aClick, aMessage, buttonOf, createFakeChannel } from "./fake-channel.ts";
import { createTestHub, deskPolicy } from "./hub.ts";
import { createTestClock } from "./test-clock.ts";

const KEY = "board-key";
const CHAT = "wr-board";

/** The desk's team, in a group that hears clicks and on a WeCom board that does not. */
function policyWith(change: (policy: Policy) => Policy): Policy {
  const repair = deskPolicy.teams.get("repair");
  if (repair === undefined) throw new Error("The desk has no team.");
  const language = "zh-CN" as const;
  const chats = [
    { account: "fake/a", chat: "oc_repair", language },
    { account: "wecom/board", chat: BOARD_CHAT, language, board: true as const },
  ];
  return change({ ...deskPolicy, teams: new Map([["repair", { ...repair, chats }]]) });
}

export type BoardDesk = ReturnType<typeof openBoardDesk>;

/** A hub with a WeCom whose group has a board, and the pages that its links open. */
export function openBoardDesk(change: (policy: Policy) => Policy = (policy) => policy) {
  const clock = createTestClock();
  const never = new AbortController().signal;
  const wecom = createWecomSimulator({
    world: { people: [], chats: [{ id: CHAT, name: "维修群", kind: "group", members: [] }] },
    clock: { now: clock.now, sleep: (ms, signal) => clock.sleep(ms, signal ?? never) },
    speed: 1,
    app: { corpId: "ww1", agentId: 1, secret: "s", token: "t", encodingAesKey: "a".repeat(43) },
    callbackUrl: "http://hub.test/hooks/wecom/app",
    boards: [{ chat: CHAT, key: KEY }],
    fetch: async () => new Response(""),
  });
  const group = createFakeChannel();
  const logged: string[] = [];
  const note = (words: string, fields?: object) =>
    logged.push(`${words} ${JSON.stringify(fields ?? {})}`);
  const log = { debug: note, info: note, warn: note, error: note };
  const board = createBoard(wecomBoardConfig.parse({ kind: "board", key: KEY }), {
    clock,
    log,
    fetch: (input, init) => wecom.fetch(new Request(input, init)),
  });
  const accounts = new Map<string, Account>([
    ["fake/a", { id: "fake/a", enabled: true, feeds: ["event"], channel: group }],
    ["wecom/board", { id: "wecom/board", enabled: true, feeds: ["event"], channel: board }],
  ]);
  const hub = createTestHub({ clock, policy: policyWith(change), setup: { accounts } });
  const after: Promise<void>[] = [];
  const app = actRoutes({
    running: hub,
    afterReply: (_c, task) => void after.push(task(true)),
  });

  const posted = () => wecom.view().messages;
  const cards = () =>
    posted().flatMap(({ body }) => (body.type === "card" ? [body.native as NoticeCard] : []));

  return {
    hub,
    wecom,
    group,
    clock,
    logged: () => [...logged, ...hub.logged],
    posted,
    /** The board's cards, oldest first. */
    cards,
    /** The address behind a link of the board's newest card, as a path of the hub. */
    link(label: string): string {
      const found = cards()
        .at(-1)
        ?.jump_list?.find(({ title }) => title === label);
      if (found === undefined) throw new Error(`The board's newest card has no link "${label}".`);
      return new URL(found.url).pathname;
    },
    async open(path: string, init?: RequestInit) {
      const response = await app.request(`http://localhost${path}`, init);
      return { status: response.status, headers: response.headers, html: await response.text() };
    },
    /** Send the page's form. */
    async send(path: string, form: Record<string, string> = {}) {
      const body = new URLSearchParams(form).toString();
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const page = await this.open(path, { method: "POST", body, headers });
      await Promise.all(after.splice(0));
      await hub.settle();
      return page;
    },
    async say(text: string, sender = "clerk"): Promise<void> {
      const message = aMessage(text, { sender: { id: sender, name: null } });
      await hub.receive(hub.account("fake/a"), "event", [message]);
      await hub.settle();
    },
    /** The group's copy of the newest ticket. */
    groupCard() {
      const own = group.sent.filter(
        ({ to, content }) => to.id === "oc_repair" && content.type === "card",
      );
      const card = group.cards.get(own.at(-1)?.id ?? "");
      if (card === undefined) throw new Error("The group has no card.");
      return card;
    },
    async press(by: string, label: string, values: Record<string, string> = {}): Promise<void> {
      const shown = this.groupCard();
      const { id, card } = shown;
      const place = { chat: "oc_repair", kind: "group", thread: null } as const;
      const click = aClick(by, id, buttonOf(card, label), { values, place });
      const taken = await hub.take(hub.account("fake/a"), "event", [click], clock.now());
      const { outcome } = taken;
      if (outcome !== null && outcome !== "pending") shown.card = outcome.card ?? card;
      await taken.after(true);
      clock.advance(5_000);
      await hub.settle();
    },
    async close(): Promise<void> {
      await wecom.stop();
      await hub.close();
    },
  };
}

type NoticeCard = {
  readonly card_type: string;
  readonly source?: { readonly desc: string };
  readonly main_title: { readonly title: string };
  readonly sub_title_text?: string;
  readonly jump_list?: readonly { readonly title: string; readonly url: string }[];
  readonly card_action: { readonly url: string };
};
