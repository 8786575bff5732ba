import { sameActor } from "../actor.ts";
import type { Policy } from "../config/policy.ts";
import { may, relationsOf } from "../permission.ts";
import { t } from "../text.ts";
import { stateOf } from "../ticket/card.ts";
import { reopenableUntil } from "../ticket/decide.ts";
import type { Ticket } from "../ticket/ticket.ts";
import { certainOf, pursue } from "./candidates.ts";
import type { Conversation, Heard } from "./conversation.ts";
import {
  type Ask,
  comments,
  just,
  pass,
  type Response,
  tell,
  toPerson,
  wordsOf,
} from "./response.ts";
import { isBare } from "./topic.ts";

/** A message, and the ticket that its conversation is about. */
type Scene = { readonly heard: Heard; readonly ticket: Ticket; readonly policy: Policy };
type Reactions = ReadonlyMap<string | null, (scene: Scene) => Response>;

/** What commands mean beside a ticket under way. Any other message is for whoever works on it. */
const UNDER_WAY: Reactions = new Map([
  ["greeting", () => just({ type: "greeted" })],
  ["help", () => just({ type: "helped" })],
  ["status", (scene) => say("say.status", scene)],
  ["cancel", (scene) => say("say.cancel_how", scene)],
  [
    "human",
    (scene) =>
      isBare(scene.heard.understood)
        ? say("say.with_person", scene)
        : pass(...comments(scene.heard.text)),
  ],
  ["urge", () => pass({ verb: "urge" })],
] as const);

/** And what they mean to the requester while it waits to be confirmed. Any other message says that it is not solved. */
const TO_CONFIRM: Reactions = new Map([
  ...UNDER_WAY,
  ["status", (scene) => say("say.to_confirm", scene)],
  ["cancel", (scene) => say("say.to_confirm", scene)],
  ["thanks", () => tell(t("say.welcome"))],
  ["solved", () => pass({ verb: "confirm" })],
  ["unsolved", ({ heard }) => notSolved(heard)],
  ["human", ({ heard }) => notSolved(heard)],
  ["urge", ({ heard }) => notSolved(heard)],
] as const);

/** A ticket is under way: what is said belongs to it, unless it is clearly about something else. */
export function besideTicket(heard: Heard, ticket: Ticket, policy: Policy): Response {
  const { command } = heard.understood;
  const confirms = ticket.status === "resolved" && isRequester(heard, ticket);
  const reaction = (confirms ? TO_CONFIRM : UNDER_WAY).get(command);
  if (reaction !== undefined) return reaction({ heard, ticket, policy });
  const other = command === null ? certainOf(heard, policy) : null;
  if (other !== null && (other.kind === "article" || other.id !== ticket.intent))
    return pursue(other, heard, policy);
  if (heard.text === null) return just({ type: "helped" });
  return confirms
    ? pass(...comments(heard.text), { verb: "reject" })
    : pass(...comments(heard.text));
}

/** Somebody is waiting for the requester: whatever they write is the answer. */
export function isAwaited(heard: Heard, ticket: Ticket | null): boolean {
  return ticket?.status === "waiting_customer" && isRequester(heard, ticket) && heard.text !== null;
}

/** Words of danger reach a person at once: on the ticket under way, where the speaker may write there, else on an urgent one. */
export function danger(
  conversation: Conversation,
  heard: Heard,
  live: Ticket | null,
  policy: Policy,
): Response {
  if (live === null || !may(relationsOf(heard.by, live, policy), "comment"))
    return toPerson(conversation, wordsOf(heard), { urgent: true });
  const reopen: readonly Ask[] = live.status === "resolved" ? [{ verb: "reopen" }] : [];
  return pass(...comments(heard.text), ...reopen, { verb: "escalate" });
}

/** 未解决 after the ticket closed: it is opened again while that is possible, else a person gets a new one. */
export function cameBack(
  conversation: Conversation,
  heard: Heard,
  ticket: Ticket,
  policy: Policy,
): Response {
  if (conversation.lastAt > reopenableUntil(ticket, policy))
    return toPerson(conversation, wordsOf(heard));
  return pass({ verb: "reopen" }, ...comments(wordsOf(heard)));
}

export function isRequester(heard: Heard, ticket: Ticket): boolean {
  return sameActor(heard.by, ticket.requester);
}

function notSolved(heard: Heard): Response {
  return pass(...comments(wordsOf(heard)), { verb: "reject" });
}

function say(key: string, { ticket, policy }: Scene): Response {
  return tell(
    t(key, { number: ticket.number, title: ticket.title, state: stateOf(ticket, policy) }),
  );
}
