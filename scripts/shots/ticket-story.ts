import type { ShotCompany } from "./company.ts";
import { type Hands, handsOf, type Seat } from "./hands.ts";

const MINUTE = 60_000;

/** Who plays in the story of one repair, and where each of them sits. */
export function castOf({ wecom }: ShotCompany) {
  const repairer = "MaShiFu";
  const own = wecom
    .view()
    .chats.find(({ kind, members }) => kind === "direct" && members.includes(repairer));
  return {
    clerk: { tool: "feishu", person: "ou_chen", chat: "oc_p2p_chen" },
    team: { tool: "feishu", person: "ou_zhao", chat: "oc_equipment" },
    lead: { tool: "feishu", person: "ou_zhao", chat: "oc_p2p_zhao" },
    supplier: { tool: "dingtalk", person: "0170021501", chat: "cidEquipmentRepair==" },
    repairer: { tool: "wecom", person: repairer, chat: own?.id ?? `direct:${repairer}` },
  } as const satisfies Record<string, Seat>;
}

export type Scene = { readonly kind: string; play(): Promise<void> };

/** One ticket through all its statuses; after each scene its cards stand as its name says. */
export function ticketStory(company: ShotCompany): readonly Scene[] {
  const at = (seat: keyof ReturnType<typeof castOf>): Hands =>
    handsOf(company, castOf(company)[seat]);
  return [
    {
      kind: "new",
      async play() {
        await at("clerk").say("冰柜不制冷了，里面的奶都温了");
        await at("clerk").say("S0012");
      },
    },
    {
      kind: "picture",
      play: () =>
        at("clerk").say("", { attachment: { kind: "image", name: "freezer-temperature.jpg" } }),
    },
    { kind: "claimed", play: () => at("team").press(["接单", "Claim"]) },
    {
      kind: "talk",
      async play() {
        await at("team").press(["回复客户", "Reply"], "先把奶移到后厨冰箱，师傅两点前到。");
      },
    },
    {
      kind: "urged",
      async play() {
        await company.pass(20 * MINUTE);
        await at("clerk").press(["催办", "Urge"]);
      },
    },
    { kind: "escalated", play: () => at("supplier").press(["升级", "Escalate"]) },
    { kind: "waiting", play: () => at("team").press(["等客户", "Await cust."]) },
    {
      kind: "resolved",
      async play() {
        await at("team").press(["填写结果并解决", "Resolve with"]);
        await at("lead").say("换了启动器，降到 -18 度。");
      },
    },
    { kind: "closed", play: () => at("clerk").press(["已解决", "Solved"]) },
  ];
}
