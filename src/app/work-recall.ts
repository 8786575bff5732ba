import { actorName, SYSTEM } from "../core/actor.ts";
import type { Command } from "../core/command.ts";
import type { Conversation } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import { isRefusal } from "../core/refusal.ts";
import { decideStep } from "../core/step.ts";
import type { Ticket } from "../core/ticket/ticket.ts";
import type { AttachmentRow } from "../ports/attachment-row.ts";
import type { Row } from "../ports/batch.ts";
import type { InboxRow } from "../ports/store.ts";
import { nameRef } from "./attachments-in.ts";
import { batchOf } from "./commit-step.ts";
import type { Hub } from "./hub.ts";
import { readBody } from "./inbox-body.ts";
import type { RowTurn } from "./mailbox-turn.ts";
import type { Recalled } from "./receive-recall.ts";
import { reasonOf, StepError } from "./step-error.ts";
import { whereSaid } from "./where-said.ts";
import { type Worked, workedOf } from "./worked.ts";

type Found = {
  readonly conversation: Conversation;
  /** The ticket that took it. */
  readonly ticket: Ticket | null;
  /** Its words, as a row of `texts`; null when it had none. */
  readonly text: string | null;
  /** What stood behind a command or mark in it, kept apart. */
  readonly said: string | null;
  readonly attachments: readonly AttachmentRow[];
};

/** Blank what was taken back: its words, its attachments, and say so in its conversation and ticket. */
export async function workRecall(hub: Hub, row: InboxRow, turn: RowTurn): Promise<Worked> {
  const recalled = readBody(row, "recall") as Recalled;
  const now = hub.clock.now();
  const done: Row = { type: "inbox-done", id: row.id, outcome: null, at: now };
  const guards = [{ type: "inbox-open", id: row.id }] as const;
  const found = await find(hub, row, recalled);
  if (found === null)
    return workedOf(await turn.finish({ cause: null, streams: [], rows: [done], guards }));
  const { conversation, ticket, text, said, attachments } = found;
  const setup = hub.setup();
  const command: Command = {
    type: "recall",
    at: now,
    stream: `conversation:${conversation.id}`,
    text,
    attachments: attachments.map(({ id }) => id),
    ...(said === null ? {} : { said }),
    ...(ticket === null ? {} : { ticket: ticket.id }),
  };
  const cause = deriveId(row.id, "recall");
  const world = { conversation, ticket };
  const step = decideStep(command, cause, world, setup.policy);
  if (isRefusal(step)) throw new StepError(`A recall was refused: ${step.refused}.`);
  const result = await turn.finish(
    batchOf(step, {
      cause,
      kind: "inbound",
      command,
      actor: actorName(SYSTEM),
      configHash: setup.policy.hash,
      now,
      hold: null,
      rows: [...blanked(found, now), done],
      guards,
      world,
    }),
  );
  if (result === "ok") {
    hub.queue.wakeDelivery();
    await removeBlobs(hub, attachments);
  }
  return workedOf(result);
}

/** What we have of the message; null when it was never heard. */
async function find(
  hub: Hub,
  { account, mailbox }: InboxRow,
  { inbox, messageId }: Recalled,
): Promise<Found | null> {
  const key = mailbox.slice("conversation:".length);
  const { conversation, ticket } = await whereSaid(hub, inbox, key);
  const id = deriveId(inbox, "text");
  const said = deriveId(inbox, "said");
  const words = await hub.store.texts([id, said]);
  const attachments = await hub.store.attachmentsOf(account, messageId);
  if (conversation === null || (!words.has(id) && attachments.length === 0)) return null;
  const text = words.has(id) ? id : null;
  return { conversation, ticket, text, said: words.has(said) ? said : null, attachments };
}

function blanked({ conversation, text, said, attachments }: Found, at: number): Row[] {
  const subject = actorName(conversation.party);
  const blank = (id: string): Row => ({ type: "text", id, subject, body: "", at });
  return [
    ...[text, said].flatMap((id) => (id === null ? [] : [blank(id)])),
    ...attachments.flatMap(({ id, name }): Row[] => [
      ...(name === null ? [] : [blank(nameRef(id))]),
      { type: "attachment-gone", id, status: "lost", reason: "recalled" },
    ]),
  ];
}

/** A file that cannot be removed now stays behind without a name or a link to it. */
async function removeBlobs(hub: Hub, attachments: readonly AttachmentRow[]): Promise<void> {
  for (const { id, file } of attachments) {
    if (file === null) continue;
    try {
      await hub.setup().attachments?.blobs.remove(file.blob);
    } catch (error) {
      hub.log.warn("A recalled attachment was not removed from the file store.", {
        attachment: id,
        error: reasonOf(error),
      });
    }
  }
}
