import { expect, it } from "vitest";
import { aClick } from "../../test/support/fake-channel.ts";
import { pick, type Random, seeded } from "../../test/support/moody-channel.ts";
import { createStage, type Stage } from "../../test/support/stage.ts";
import { twoTeams } from "../../test/support/two-teams.ts";
import { WEB_CARD } from "../channels/web/card-abilities.ts";
import type { Control } from "../core/card.ts";
import type { Pace } from "../ports/channel.ts";

const SEEDS = 25;
const PRESSES = 40;
const MINUTE = 60_000;
/** As Feishu limits what is sent: so much to one chat, and so much in all. */
const PACING: readonly Pace[] = [
  { scope: "destination", count: 5, perMs: 1_000 },
  { scope: "account", count: 20, perMs: 1_000 },
];
const ROOMY = { ...WEB_CARD, forms: { ...WEB_CARD.forms, most: 20 } };
const OPERATORS = {
  "fake/a": ["a-li", "a-wang", "a-zhao", "clerk1", "clerk2", "clerk3"],
  "fake/b": ["b-wang", "b-bo"],
};
type AccountId = keyof typeof OPERATORS;

type Sent = { readonly destination: string; readonly at: number };

/** Write down when anything leaves for a tool. */
function record(stage: Stage, id: AccountId): Sent[] {
  const channel = stage.channels[id];
  const sent: Sent[] = [];
  const { send, update } = channel;
  channel.send = (message) => {
    sent.push({ destination: message.to.id, at: stage.clock.now() });
    return send(message);
  };
  channel.update = (surface, card) => {
    sent.push({ destination: surface.to.id, at: stage.clock.now() });
    return update(surface, card);
  };
  return sent;
}

/** As in WeCom, a card changes only for a code, each of which is good for one change and comes with a click. */
function needCodes(stage: Stage): { readonly used: string[] } {
  const { b } = stage;
  const { update } = b;
  const used: string[] = [];
  b.update = async (surface, card) => {
    const code = surface.updateTokens.at(-1);
    if (code === undefined)
      return { type: "failed", class: "window-closed", afterMs: null, reason: "no code" };
    used.push(code.value);
    const delivery = await update(surface, card);
    const updateTokens = surface.updateTokens.slice(0, -1);
    return delivery.type === "sent" ? { ...delivery, updateTokens } : delivery;
  };
  return { used };
}

/** How often more left within some span of time than a limit lets. */
function tooFast(sent: readonly Sent[]): number {
  const times = (list: readonly Sent[]) => list.map(({ at }) => at);
  const lanes = [...new Set(sent.map(({ destination }) => destination))].map((destination) =>
    times(sent.filter((one) => one.destination === destination)),
  );
  const over = PACING.flatMap(({ scope, count, perMs }) =>
    (scope === "account" ? [times(sent)] : lanes).map(
      (list) =>
        list.filter((at, n) => at - (list[n - count] ?? Number.NEGATIVE_INFINITY) < perMs).length,
    ),
  );
  return over.reduce((sum, count) => sum + count, 0);
}

function actionOf(control: Control<string> | undefined): string | null {
  if (control?.type === "button") return control.action;
  return control?.type === "form" ? control.submit.action : null;
}

/** Somebody presses anything on any card, in either tool; the answer arrives or is lost. */
async function pressAnything(stage: Stage, random: Random, count: number): Promise<void> {
  const account: AccountId = random() < 0.5 ? "fake/a" : "fake/b";
  const [cardId, { card }] = pick([...stage.channels[account].cards], random);
  const action = actionOf(card.controls[Math.floor(random() * card.controls.length)]);
  if (action === null) return;
  const click = aClick(pick(OPERATORS[account], random), cardId, action, {
    values: {
      text: "写点什么",
      to: pick(["li", "wang", "bo", "team:parts", "team:repair"], random),
      number: String(1 + Math.floor(random() * 3)),
      waiting: "external",
      priority: pick(["low", "urgent"], random),
      field: "title",
    },
    ...(account === "fake/b"
      ? { updateToken: { value: `code-${count}`, expiresAt: stage.clock.now() + 72 * 60 * MINUTE } }
      : {}),
  });
  const answer = await stage.tap(click);
  const left = random() < 0.7;
  if (left) stage.land(cardId, answer);
  await answer.after(left);
}

async function live(seed: number) {
  const random = seeded(seed);
  const stage = createStage({ card: ROOMY, pacing: PACING }, { policy: twoTeams });
  const { used } = needCodes(stage);
  const sent = [record(stage, "fake/a"), record(stage, "fake/b")];
  for (const n of [1, 2, 3]) {
    const place = { chat: `chat${n}`, kind: "direct", thread: null } as const;
    await stage.say("冰柜坏了", { sender: { id: `clerk${n}`, name: null }, place });
  }
  await stage.pass(3_000, 500);
  for (let count = 0; count < PRESSES; count += 1) {
    await pressAnything(stage, random, count);
    if (random() < 0.6) await stage.hub.settle();
    stage.clock.advance(pick([0, 20, 150, 700, 5_000], random));
  }
  await stage.pass(20 * MINUTE, MINUTE / 4);
  const events = (await stage.rows("events")).map(({ type }) => String(type));
  const findings = [
    ...(await stage.outOfStep()),
    ...sent.flatMap((list) => (tooFast(list) > 0 ? ["a tool got more than it allows"] : [])),
    ...(new Set(used).size < used.length ? ["a code was used twice"] : []),
  ];
  await stage.close();
  return { findings, events, used: used.length };
}

it(`whatever is pressed in either tool, all copies come to say the same, and no tool gets more than it allows (${SEEDS} runs)`, {
  timeout: 120_000,
}, async () => {
  const found: Record<number, readonly string[]> = {};
  const seen = new Set<string>();
  let codes = 0;
  for (let seed = 1; seed <= SEEDS; seed += 1) {
    const { findings, events, used } = await live(seed);
    if (findings.length > 0) found[seed] = findings;
    for (const type of events) seen.add(type);
    codes += used;
  }
  expect(found).toEqual({});
  // The runs did much: else nothing was shown.
  for (const type of ["claimed", "transferred", "watched", "linked", "field_set", "resolved"])
    expect([type, seen.has(type)]).toEqual([type, true]);
  expect(codes).toBeGreaterThan(SEEDS);
});
