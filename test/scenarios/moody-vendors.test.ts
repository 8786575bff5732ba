import { expect, it } from "vitest";
import type { Fault, Faults } from "../../src/simulator/faults.ts";
import { pick, type Random, seeded } from "../support/moody-channel.ts";
import { type Stage, setTheStage } from "./company.ts";
import { play } from "./play.ts";
import { type Scenario, scenario } from "./scenario.ts";

const SEEDS = [1, 2, 3];
const CLERK = { who: "陈店员", in: "feishu" };
const VENDOR = { who: "冷链-老周", in: "dingtalk", chat: "设备维修（供应商）" };
const GROUP = { who: "钱工", in: "feishu", chat: "设备维修群" };
const ENGINEER = { who: "制冰机-马师傅", in: "wecom" };
const everywhere = (...shows: string[]) =>
  [CLERK, VENDOR, GROUP, ENGINEER].map((each) => ({ ...each, sees: { title: "#1", shows } }));
/** From a word to the confirmation, through all three tools. */
const LOOP = scenario.parse({
  title: "moody vendors",
  about: "A ticket's whole life in all three tools.",
  steps: [
    { ...CLERK, says: "冰柜不制冷了" },
    { ...CLERK, hears: "请问是哪家门店？" },
    { ...CLERK, says: "S0012" },
    { ...CLERK, hears: "已为您创建工单 #1" },
    ...everywhere("待接单"),
    { ...VENDOR, presses: "接单", on: "#1" },
    ...everywhere("处理中", "冷链-老周"),
    { ...CLERK, hears: "工单 #1 已由 冷链-老周 接单" },
    { ...CLERK, says: "温度已经到十度了" },
    // WeCom's copy changes by one-use codes; without one, a card that brings only words may take some minutes.
    { wait: "10m" },
    ...everywhere("温度已经到十度了"),
    { ...VENDOR, presses: "解决", on: "#1" },
    { ...CLERK, hears: "请在卡片上确认是否解决" },
    { ...CLERK, presses: "未解决", on: "#1" },
    ...everywhere("处理中"),
    { ...VENDOR, presses: "解决", on: "#1" },
    { ...CLERK, presses: "已解决", on: "#1" },
    ...everywhere("已关闭"),
  ],
});

type Mood = Omit<Fault, "match" | "times">;

/** What any vendor or a gateway before it may do. */
const ANYWHERE: readonly Mood[] = [
  { status: 502, page: true },
  { status: 503, page: true, retryAfterS: 3 },
  { status: 429, page: true, retryAfterS: 2 },
  { status: 429, page: true },
  { status: 0 },
];
/** A call that had its effect, and whose answer is lost: the vendor knows it by its key when it comes again. */
const LOST: Mood = { status: 0, after: true };
const MOODS: Readonly<
  Record<string, readonly (readonly [match: string, moods: readonly Mood[]])[]>
> = {
  feishu: [
    ["/open-apis/im", [...ANYWHERE, LOST, { status: 400, code: 99991663 }]],
    [
      "/open-apis/im",
      [
        { status: 400, code: 230020 },
        { status: 500, code: 2200, after: true },
      ],
    ],
  ],
  dingtalk: [
    ["/v1.0/card", [...ANYWHERE, LOST]],
    ["/v1.0/robot", ANYWHERE],
  ],
  wecom: [
    ["/cgi-bin/message", [...ANYWHERE, { status: 200, code: 42001 }, { status: 200, code: -1 }]],
  ],
};

/** Between any two steps, some tool gets into a mood. */
function moodily(
  stage: Stage,
  random: Random,
): { readonly stage: Stage; readonly moods: string[] } {
  const moods: string[] = [];
  const quiet = async (): Promise<void> => {
    await stage.quiet();
    const tool = pick(stage.company.tools, random);
    const [match, choices] = pick(MOODS[tool.name] ?? [], random);
    const mood = pick(choices, random);
    moods.push(`${tool.name} ${JSON.stringify(mood)}`);
    if ("faults" in tool) (tool.faults as Faults).fail({ ...mood, match, times: 1 });
  };
  return { stage: { ...stage, quiet }, moods };
}

/** How often each text stands in a tool, and how many cards. */
function counted(stage: Stage, name: string): Readonly<Record<string, number>> {
  const tool = stage.company.tools.find((each) => each.name === name);
  const counts: Record<string, number> = {};
  for (const { body } of tool?.view().messages ?? []) {
    const key = body.type === "text" ? body.text : `a ${body.type}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

async function lived(told: Scenario, seed: number | null) {
  const stage = await setTheStage();
  const moody = seed === null ? { stage, moods: [] } : moodily(stage, seeded(seed));
  await play(told, moody.stage);
  return {
    feishu: counted(stage, "feishu"),
    cards: counted(stage, "dingtalk")["a card"],
    ...moody,
  };
}

it(`the loop walks while vendors fail in every way, and what they know by a key comes once (${SEEDS.length} walks)`, {
  timeout: 120_000,
}, async () => {
  const calm = await lived(LOOP, null);
  const seen = new Set<string>();
  for (const seed of SEEDS) {
    const { feishu, cards, moods } = await lived(LOOP, seed);
    expect([seed, feishu, cards]).toEqual([seed, calm.feishu, calm.cards]);
    for (const mood of moods) seen.add(mood);
  }
  expect(seen.size).toBeGreaterThan(12);
});
