import type { ShotCompany } from "./company.ts";
import { handsOf, type Seat } from "./hands.ts";
import { castOf } from "./ticket-story.ts";

const HOUR = 3_600_000;

/** A picture of the newest card in a chat, or with `talk` of all that was said there. */
export type Shot = { readonly name: string; readonly seat: Seat; readonly talk?: true };

export type Act = { play(): Promise<void>; readonly shots: readonly Shot[] };

const MANAGER: Seat = { tool: "feishu", person: "ou_wang", chat: "oc_p2p_wang" };
const NEWCOMER: Seat = { tool: "feishu", person: "ou_jiang", chat: "oc_p2p_jiang" };

const STOREKEEPER: Seat = { tool: "feishu", person: "ou_shen", chat: "oc_p2p_shen" };

const TROUBLES = [
  ["wang", "制冰机不出冰"],
  ["jiang", "封口机坏了"],
  ["shen", "开水器烧不开水"],
  ["han", "果糖机不出糖"],
  ["chen", "空调不冷，店里太热了"],
  ["feng", "净水器滤芯报警"],
  ["chu", "店招的灯不亮"],
  ["wei", "操作台下面漏水了"],
  ["sun", "冰沙机转不动还有糊味"],
  ["li", "咖啡机漏水"],
] as const;

/** What is no ticket's card: answers, choices, lists, questions in the chat, and the summary of the morning. */
export function otherStory(company: ShotCompany): readonly Act[] {
  const { supplier, repairer, lead, team } = castOf(company);
  const say = (seat: Seat, text: string) => handsOf(company, seat).say(text);
  return [
    {
      play: () => say(MANAGER, "发票怎么开"),
      shots: [{ name: "answer", seat: MANAGER }],
    },
    {
      play: () => say(NEWCOMER, "果酱的颜色好像不太对"),
      shots: [{ name: "not-understood", seat: NEWCOMER }],
    },
    {
      play: () => say(STOREKEEPER, "小票机"),
      shots: [{ name: "choice", seat: STOREKEEPER }],
    },
    {
      async play() {
        await report(company);
        await handsOf(company, repairer).press(["接单", "Claim"]);
      },
      shots: [{ name: "own-ticket", seat: repairer }],
    },
    {
      play: () => handsOf(company, repairer).press(["回复客户", "Reply"]),
      shots: [{ name: "question", seat: repairer, talk: true }],
    },
    {
      async play() {
        await say(repairer, "半小时到店");
        await say(lead, "/队列");
        await say(repairer, "/队列");
        await handsOf(company, supplier).say("/队列", { mention: true });
      },
      shots: [lead, supplier, repairer].map((seat) => ({ name: "list", seat })),
    },
    {
      play: () => company.pass(23 * HOUR),
      shots: [team, supplier].map((seat) => ({ name: "summary", seat })),
    },
  ];
}

/** Each of them in their own chat, because whoever has an open ticket adds to it. */
async function report(company: ShotCompany): Promise<void> {
  for (const [person, trouble] of TROUBLES) {
    const seat: Seat = { tool: "feishu", person: `ou_${person}`, chat: `oc_p2p_${person}` };
    await handsOf(company, seat).say(trouble);
    await handsOf(company, seat).say("S0012");
  }
}
