import { actorName, SYSTEM } from "../core/actor.ts";
import type { Conversation } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import type { InboundMessage, Part } from "../core/message.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import { literal, t } from "../core/text.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { ReadBack } from "../ports/channel.ts";
import type { InboxRow } from "../ports/store.ts";
import { batchOf } from "./commit-step.ts";
import type { Hub } from "./hub.ts";
import { readBody } from "./inbox-body.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import { messageWords, quotedWords, withQuoted } from "./message-words.ts";
import { readWords } from "./read-words.ts";
import type { Edited } from "./receive-edit.ts";
import { StepError } from "./step-error.ts";
import { whereSaid } from "./where-said.ts";
import { type Worked, workedOf } from "./worked.ts";

/** So often the vendor is asked what a message says now; what is said after it waits meanwhile. */
const MOST_ASKED = 3;

type Found = {
  readonly conversation: Conversation;
  /** The ticket that took it. */
  readonly ticket: Ticket | null;
  /** The rows of `texts` of the message, with what they hold: all of it, and what stood behind a command in it. */
  readonly texts: ReadonlyMap<string, string>;
  readonly text: string;
  readonly said: string;
  /** The message as it first was; null once that was forgotten. */
  readonly first: { readonly row: InboxRow; readonly message: InboundMessage } | null;
};

/**
 * Put what a message says now in the place of what it said, marked as edited, and say so in its conversation and ticket.
 * Nothing is understood or done anew: what was decided on the first words stands.
 */
export async function workEdit(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const edited = readBody(row, "edit") as Edited;
  const found = await find(hub, row, edited);
  if (found === null) return ignore(hub, row, turn);
  const parts = await partsNow(hub, row, edited.messageId);
  if (parts === null) return ignore(hub, row, turn);
  const rows = await textRows(hub, row, found, parts);
  if (rows.length === 0) return ignore(hub, row, turn);
  const { conversation, ticket, text } = found;
  const now = hub.clock.now();
  const { policy } = hub.setup();
  const stream = `conversation:${conversation.id}`;
  const took = ticket === null ? {} : { ticket: ticket.id };
  const command = { type: "edit", at: now, stream, text, ...took } as const;
  const shown = rows.some(({ id }) => id === found.said)
    ? { ...command, text: found.said }
    : command;
  const cause = deriveId(row.id, "edit");
  const world = { conversation, ticket };
  const step = decideStep(shown, cause, world, policy);
  if (isRefusal(step)) throw new StepError(`An edit was refused: ${step.refused}.`);
  const result = await turn.finish(
    batchOf(step, {
      cause,
      kind: "inbound",
      command: shown,
      actor: actorName(SYSTEM),
      configHash: policy.hash,
      now,
      hold: null,
      rows: [...rows, { type: "inbox-done", id: row.id, outcome: null, at: now }],
      guards: [{ type: "inbox-open", id: row.id }],
      world,
    }),
  );
  if (result === "ok") hub.queue.wakeDelivery();
  return workedOf(result);
}

/** What we have of the message; null when it was never heard, had no words, or was taken back. */
async function find(hub: Hub, { mailbox }: InboxRow, { inbox }: Edited): Promise<Found | null> {
  const key = mailbox.slice("conversation:".length);
  const { conversation, ticket } = await whereSaid(hub, inbox, key);
  const text = deriveId(inbox, "text");
  const said = deriveId(inbox, "said");
  const texts = await hub.store.texts([text, said]);
  if (conversation === null || (texts.get(text) ?? "") === "") return null;
  const row = await hub.store.inboxRow(inbox);
  const first =
    row === null || row.body === null ? null : { row, message: readBody(row, "message") };
  return { conversation, ticket, texts, text, said, first };
}

/** What the message says now; null when its vendor will not tell. Throws to be asked again later. */
async function partsNow(
  hub: Hub,
  row: InboxRow,
  messageId: string,
): Promise<readonly Part[] | null> {
  const channel = hub.setup().accounts.get(row.account)?.channel;
  const answer: ReadBack | undefined = await channel?.readBack?.(messageId);
  if (answer?.type === "read") return answer.parts;
  if (answer === undefined) return null;
  const isPassing = ["transient", "rate", "token"].includes(answer.class);
  if (isPassing && row.attempts + 1 < MOST_ASKED)
    throw new StepError(`An edited message could not be read: ${answer.reason}`);
  const { account } = row;
  hub.log.warn("An edited message could not be read.", { account, reason: answer.reason });
  return null;
}

async function textRows(hub: Hub, row: InboxRow, found: Found, parts: readonly Part[]) {
  const setup = hub.setup();
  const { conversation, texts, text, said, first } = found;
  const say = hub.catalogs(setup.policy.hub.locale, new Map());
  const words = messageWords(
    parts.map((part) => asFirstRead(part, first?.message ?? null)),
    say,
  );
  if (words === "") return [];
  const mark = (body: string) => say(t("message.edited", { words: literal(body) }));
  const quoted = first === null ? null : await quotedWords(hub, setup, first.row, first.message);
  const subject = actorName(conversation.party);
  const at = row.receivedAt;
  const kept = (id: string, body: string) => ({ type: "text", id, subject, body, at }) as const;
  const rows = [kept(text, withQuoted(mark(words), quoted, say))];
  if ((texts.get(said) ?? "") === "") return rows;
  const asked = { inbox: "", words, text, subject, at, card: null, prompt: null };
  const [typed] = readWords(asked, setup.policy).rows;
  return [...rows, kept(said, mark(typed?.type === "text" ? typed.body : words))];
}

/** Read back, a message does not always tell which of those mentioned is the bot; when it first came it did. */
function asFirstRead(part: Part, first: InboundMessage | null): Part {
  if (part.type !== "mention") return part;
  const bot = first?.parts.some(
    (each) => each.type === "mention" && each.bot && each.id === part.id,
  );
  return bot === true ? { ...part, bot } : part;
}

async function ignore(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const rows = [{ type: "inbox-done", id: row.id, outcome: null, at: hub.clock.now() }] as const;
  const guards = [{ type: "inbox-open", id: row.id }] as const;
  return workedOf(await turn.finish({ cause: null, streams: [], rows, guards }));
}
