import fc from "fast-check";
import type { Candidate, Heard } from "../../src/core/conversation/conversation.ts";
import { COMMAND_NAMES } from "../../src/core/intent/commands.ts";
import type { Desk } from "./desk.ts";
import { agent, aHeard, CLERK, OTHER_STORE, STORE, STRANGER } from "./given.ts";
import { aPolicy, DAY, MINUTE } from "./policy.ts";
import { said, typing } from "./typed.ts";

const POLICY = aPolicy();

const anyCandidate: fc.Arbitrary<Candidate> = fc.record(
  {
    kind: fc.constantFrom("intent", "article"),
    id: fc.constantFrom(...POLICY.intents.keys(), ...POLICY.articles.keys(), "gone"),
    score: fc.constantFrom(0.1, 0.3, 0.5, 0.7, 1),
  },
  { noNullPrototype: true },
);

const COMMANDS = [
  "human",
  "cancel",
  "urge",
  "solved",
  "unsolved",
  "status",
  "help",
  "greeting",
  "thanks",
  "choose_0",
  "choose_2",
];

const anySaying = fc.record({
  type: fc.constant("say"),
  text: fc.option(fc.constantFrom("words-1", "words-2")),
  attachments: fc.constantFrom([], ["image"], ["file"]),
  stores: fc.constantFrom([], [STORE], [STORE, OTHER_STORE]),
  command: fc.option(fc.constantFrom(...COMMANDS), { freq: 2 }),
  whole: fc.boolean(),
  exact: fc.boolean(),
  safety: fc.nat({ max: 19 }).map((n) => n === 0),
  candidates: fc.array(anyCandidate, { maxLength: 3 }),
});

/** Commands are typed by staff and by others, with what they need and without it. */
const anyTyping = fc.record({
  type: fc.constant("type"),
  name: fc.constantFrom(...COMMAND_NAMES, null),
  number: fc.constantFrom(null, 102, 104, 106, 999),
  text: fc.option(fc.constantFrom("words-3", "words-4")),
  targets: fc.constantFrom([], ["li"], ["team:repair"], ["li", "wang"]),
  fields: fc.constantFrom([], ["symptom"], ["priority"]),
  priority: fc.constantFrom(null, "urgent" as const),
  child: fc.constantFrom(null, 102, 104),
  by: fc.constantFrom(CLERK, STRANGER, agent("li"), agent("an"), agent("chen")),
});

/** An answer to what the bot has asked, if it has. */
const anyAnswer = fc.record({
  type: fc.constant("answer"),
  text: fc.option(fc.constantFrom("words-5", "words-6")),
  targets: fc.constantFrom([], ["wang"]),
  waiting: fc.constantFrom(null, "customer" as const),
  asker: fc.constantFrom(agent("li"), agent("an")),
  picks: fc.constantFrom(undefined, 0, 1, 2, 8),
});

const PARTY_VERBS = [
  "list_queue_0",
  "list_asked_1",
  "open_102",
  "solved",
  "unsolved",
  "human",
  "choose_0",
  "choose_1",
  "choose_2",
  "choose_3",
  "claim",
  "constructor",
];
const anyPress = fc.record({
  type: fc.constant("press"),
  verb: fc.constantFrom(...PARTY_VERBS),
  by: fc.constantFrom(CLERK, CLERK, CLERK, STRANGER, agent("li")),
  back: fc.nat({ max: 2 }),
});

const TICKET_VERBS = [
  "claim",
  "assign",
  "return",
  "comment",
  "wait_customer",
  "resolve",
  "confirm",
  "reject",
  "reopen",
  "urge",
  "cancel",
  "close",
  "__proto__",
  "ask_comment",
  "ask_assign",
  "ask_pause",
  "ask_constructor",
];
const anyWork = fc.record({
  type: fc.constant("work"),
  verb: fc.constantFrom(...TICKET_VERBS),
  by: fc.constantFrom(CLERK, agent("li"), agent("an"), agent("chen"), STRANGER),
});

const anyWait = fc.record({
  type: fc.constant("wait"),
  ms: fc.oneof(fc.nat({ max: 40 * MINUTE }), fc.nat({ max: 4 * DAY })),
});
const anyDeed = fc.oneof(
  { arbitrary: anySaying, weight: 4 },
  { arbitrary: anyTyping, weight: 2 },
  { arbitrary: anyAnswer, weight: 1 },
  { arbitrary: anyPress, weight: 2 },
  { arbitrary: anyWork, weight: 2 },
  { arbitrary: anyWait, weight: 1 },
);
/** Anything that people say and press around one conversation, and time that goes by. */
export const anyRun = fc.array(anyDeed, { maxLength: 30, size: "max" });
export type Deed = typeof anyDeed extends fc.Arbitrary<infer D> ? D : never;

/** Let one deed of a run happen at a desk. */
export function carryOut(desk: Desk, deed: Deed): void {
  if ("candidates" in deed || "child" in deed || "asker" in deed) desk.say(wordsOf(deed));
  else doWithoutWords(desk, deed);
}

type Words = Extract<Deed, { candidates: unknown } | { child: unknown } | { asker: unknown }>;

function wordsOf(deed: Words): Heard {
  if ("candidates" in deed) {
    const { type: _type, command, whole, exact, safety, candidates, ...rest } = deed;
    return aHeard({ ...rest, understood: { command, whole, exact, safety, candidates } });
  }
  if ("child" in deed) {
    const { type: _type, name, number, by, ...words } = deed;
    return typing(name, { number, said: words }, { by });
  }
  const { text, targets, waiting, asker: by, picks } = deed;
  const answer = said({ text, targets, waiting });
  return aHeard({ by, text, said: answer, ...(picks === undefined ? {} : { picks }) });
}

function doWithoutWords(desk: Desk, deed: Exclude<Deed, Words>): void {
  const conversation = desk.conversation();
  const ticket = desk.ticket();
  if ("back" in deed && conversation !== null) {
    const version =
      deed.back === 2
        ? 1
        : (conversation.answer?.version ?? conversation.menu?.version ?? conversation.version);
    desk.press(desk.stream(), deed.verb, { by: deed.by, version });
  } else if (deed.type === "work" && "by" in deed && ticket !== null) {
    desk.press(`ticket:${ticket.id}`, deed.verb, {
      by: deed.by,
      text: "words-9",
      values: { to: "wang" },
    });
  } else if ("ms" in deed) {
    desk.wait(deed.ms);
    desk.tick(desk.stream());
    if (ticket !== null) desk.tick(`ticket:${ticket.id}`);
  }
}
