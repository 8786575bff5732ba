import { rebuild } from "../../src/app/rebuild.ts";
import { replay } from "../../src/app/replay.ts";
import type { ToolMessage, ToolSimulator, ToolView, UrgentMark } from "../../src/simulator/tool.ts";
import type { Stage } from "./company.ts";
import { type ReadCard, readCard } from "./read-card.ts";
import type { ExpectedCard, Scenario, Step } from "./scenario.ts";

type Place = {
  readonly who: string;
  readonly in: "feishu" | "dingtalk" | "wecom" | "web";
  readonly chat?: string | undefined;
};
type Seen = {
  readonly id: string;
  readonly fromDesk: boolean;
  readonly text: string | null;
  readonly card: ReadCard | null;
  readonly urgent?: UrgentMark | undefined;
};

/**
 * Play a scenario from its first step to its last, and close the stage. Rejects at the first step that is not as told,
 * and says how it was.
 */
export async function play(scenario: Scenario, stage: Stage): Promise<void> {
  const visitors = new Map<string, Visitor>();
  try {
    for (const [index, step] of scenario.steps.entries()) {
      try {
        await playStep(stage, visitors, step);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(
          `Step ${index + 1} of “${scenario.title}”: ${JSON.stringify(step)}\n${why}`,
          { cause: error },
        );
      }
    }
    await expectSameLog(stage);
  } finally {
    await stage.close();
  }
}

/** Whatever happened: decided again it gives the same events, folded again the same states, and nothing was given up. */
async function expectSameLog({ store, policy }: Stage): Promise<void> {
  const { divergences, events } = await replay(store, async () => policy);
  if (divergences.length > 0)
    throw new Error(`A replay comes out differently: ${JSON.stringify(divergences[0])}`);
  if (events === 0) throw new Error("A replay finds no events.");
  const { mended } = await rebuild(store);
  if (mended.length > 0) throw new Error(`A rebuild finds other states: ${mended.join(", ")}`);
  const letters = await store.deadLetters(10);
  if (letters.length > 0) throw new Error(`There are dead letters: ${JSON.stringify(letters)}`);
}

async function playStep(stage: Stage, visitors: Map<string, Visitor>, step: Step): Promise<void> {
  if ("note" in step) return;
  if ("wait" in step) {
    await stage.clock.advance(millis(step.wait));
    await stage.quiet();
    return;
  }
  if ("restart" in step) {
    await stage.restart(step.restart);
    await stage.quiet();
    return;
  }
  const eyes = step.in === "web" ? await webEyes(stage, visitors, step.who) : toolEyes(stage, step);
  if ("says" in step) await eyes.say(step.says, await cardUnder(eyes, step.under));
  if ("hears" in step) await expectWords(eyes, step.hears, step.urgent);
  if ("sees" in step) await expectCard(eyes, step.sees);
  if ("presses" in step) await press(eyes, step);
  await stage.quiet();
}

/** The message that brought the newest card of this title; null where none is meant. */
async function cardUnder(eyes: Eyes, title: string | undefined): Promise<string | null> {
  if (title === undefined) return null;
  const seen = await eyes.see();
  const found = seen.findLast(({ card }) => card?.title.includes(title));
  if (found === undefined) throw new Error(`There is no card “${title}” to answer.`);
  return found.id;
}

/** What one person can do and see in one place. */
type Eyes = {
  /** `under`: the message that it answers. */
  say(text: string, under: string | null): Promise<void>;
  see(): Promise<readonly Seen[]>;
  press(
    message: string,
    button: string,
    values: Readonly<Record<string, string>>,
  ): Promise<string | null>;
};

async function expectWords(eyes: Eyes, words: string, urgent?: UrgentMark): Promise<void> {
  const heard = (await eyes.see())
    .flatMap((each) => (each.fromDesk && each.text !== null ? [{ ...each, text: each.text }] : []))
    .slice(-4);
  const found = heard.findLast(({ text }) => text.includes(words));
  if (found === undefined) {
    const last = heard.map(({ text }) => text).join("\n---\n");
    throw new Error(`Not heard. The last words were:\n${last}`);
  }
  if (urgent !== undefined && found.urgent !== urgent)
    throw new Error(`It should come as urgent (${urgent}), but came as ${found.urgent}.`);
}

async function expectCard(eyes: Eyes, expected: ExpectedCard): Promise<void> {
  const cards = (await eyes.see()).flatMap(({ card }) => (card === null ? [] : [card]));
  const card = cards.findLast(({ title }) => title.includes(expected.title));
  if (card === undefined)
    throw new Error(`No such card. There are: ${cards.map(({ title }) => title).join(" | ")}`);
  const missing = expected.shows.filter((words) => !card.words.includes(words));
  if (missing.length > 0)
    throw new Error(`The card lacks “${missing.join("”, “")}”. It says:\n${card.words}`);
  const shown = expected.hides.filter((words) => card.words.includes(words));
  if (shown.length > 0)
    throw new Error(`The card must not show “${shown.join("”, “")}”. It says:\n${card.words}`);
  const labels = card.buttons.map(({ label }) => label);
  if (expected.buttons !== undefined && labels.join("|") !== expected.buttons.join("|")) {
    throw new Error(`The card has the buttons ${labels.join(", ")}.`);
  }
}

async function press(eyes: Eyes, step: Extract<Step, { presses: string }>): Promise<void> {
  const cards = (await eyes.see()).flatMap(({ id, card }) => (card === null ? [] : [{ id, card }]));
  const target = cards.findLast(
    ({ card }) => step.on === undefined || card.title.includes(step.on),
  );
  if (target === undefined)
    throw new Error(`No such card. There are: ${cards.map(({ card }) => card.title).join(" | ")}`);
  const button = target.card.buttons.find(({ label }) => label === step.presses);
  if (button === undefined) {
    throw new Error(
      `“${target.card.title}” has the buttons ${target.card.buttons.map(({ label }) => label).join(", ")}.`,
    );
  }
  const told = await eyes.press(target.id, button.button, step.with);
  if (step.told !== undefined && told !== null && !told.includes(step.told))
    throw new Error(`Told was: ${told}`);
}

function toolEyes(stage: Stage, place: Place): Eyes {
  const simulator = stage.company.tools.find(({ name }) => name === place.in) as ToolSimulator;
  const view = simulator.view();
  const person = named(view.people, place.who);
  const chat =
    place.chat === undefined ? directChat(view, person.id) : named(view.chats, place.chat).id;
  return {
    async say(text, under) {
      const mention = place.chat !== undefined ? { mention: true } : {};
      const answer = under === null ? {} : { quotes: under, inThread: true };
      await simulator.say({ person: person.id, chat, text, ...mention, ...answer });
    },
    async see() {
      const messages = simulator.view().messages.filter((message) => message.chat === chat);
      return messages.map((message) => seen(simulator.name, message, person.id));
    },
    async press(message, button, values) {
      const result = await simulator.press({ person: person.id, message, button, values });
      if (result.error !== null)
        throw new Error(`The tool says ${result.error.code}: ${result.error.text}`);
      return result.toast?.text ?? null;
    },
  };
}

function seen(tool: ToolSimulator["name"], message: ToolMessage, person: string): Seen {
  const { id, from, body, urgent } = message;
  const card = body.type === "card" ? readCard(tool, body.native, person) : null;
  return {
    id,
    fromDesk: from === "bot",
    text: body.type === "text" ? body.text : null,
    card,
    urgent,
  };
}

function directChat(view: ToolView, person: string): string {
  const chat = view.chats.find(
    ({ kind, members }) => kind === "direct" && members.includes(person),
  );
  if (chat === undefined)
    throw new Error(`${person} has no direct chat with the desk in ${view.tool}.`);
  return chat.id;
}

function named<T extends { readonly name: string }>(list: readonly T[], name: string): T {
  const found = list.find((item) => item.name === name);
  if (found === undefined)
    throw new Error(`There is no “${name}”, only ${list.map((item) => item.name).join(", ")}.`);
  return found;
}

type Visitor = { readonly token: string; readonly id: string };

async function webEyes(stage: Stage, visitors: Map<string, Visitor>, who: string): Promise<Eyes> {
  const visitor = visitors.get(who) ?? (await openChat(stage));
  visitors.set(who, visitor);
  const post = (path: string, body: unknown) =>
    stage.request(`/web/shop/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${visitor.token}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    async say(text) {
      const response = await post("messages", { id: crypto.randomUUID(), text });
      if (!response.ok) throw new Error(`The hub answered ${response.status}.`);
    },
    async see() {
      const events = await stage.store.visitorEvents("web/shop", visitor.id, 0, 1_000);
      const shown = new Map<string, Seen>();
      for (const { body } of events) {
        const event = JSON.parse(body);
        const card = event.type === "card" ? event.card : event.content.card;
        const text =
          event.type === "message" && event.content.type === "text" ? event.content.text : null;
        const seenCard = card === undefined ? null : readCard("web", card, visitor.id);
        shown.set(event.id, {
          id: event.id,
          fromDesk: event.from !== "visitor",
          text,
          card: seenCard,
        });
      }
      return [...shown.values()];
    },
    async press(message, button, values) {
      const response = await post("actions", {
        id: crypto.randomUUID(),
        card: message,
        action: button,
        values,
      });
      if (!response.ok) throw new Error(`The hub answered ${response.status}.`);
      return ((await response.json()) as { text?: string }).text ?? null;
    },
  };
}

async function openChat(stage: Stage): Promise<Visitor> {
  const response = await stage.request("/web/shop/session", { method: "POST" });
  const { token, visitor } = (await response.json()) as { token: string; visitor: string };
  return { token, id: visitor };
}

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

function millis(duration: string): number {
  const unit = duration.at(-1) as keyof typeof UNITS;
  return Number(duration.slice(0, -1)) * UNITS[unit];
}
