import { mailboxOf } from "../core/conversation/conversation.ts";
import type { About } from "../core/effect.ts";
import { deriveId } from "../core/id.ts";
import { streamOf, type Undelivered, type UndeliveredReason } from "../core/ticket/ticket.ts";
import type { Row } from "../ports/batch.ts";
import type { Delivery } from "../ports/channel.ts";

/** What stands in the inbox row of something that will never reach the requester of a ticket. */
export type NeverArrived = Undelivered & { readonly type: "undelivered"; readonly ticket: string };

/** The row that was given up, and until when it was held for the try that was the last one: which names that try. */
export type GivenUp = { readonly id: string; readonly account: string; readonly until: number };

/**
 * What brings a message or card that was given up back to the ticket that it is about, if there is one. Write it in the
 * commit that gives it up, and wake its mailbox.
 */
export function comesBack(
  { id, account, until }: GivenUp,
  about: About | undefined,
  tried: Delivery | { readonly type: "waiting" },
  receivedAt: number,
): readonly Extract<Row, { type: "inbox" }>[] {
  if (about === undefined || tried.type === "sent" || tried.type === "waiting") return [];
  const { ticket, text } = about;
  const body: NeverArrived = { type: "undelivered", ticket, text, reason: reasonFor(tried) };
  const row = {
    id: deriveId("undelivered", id, until),
    account,
    feed: "delivery",
    dedupeKey: `${id}@${until}`,
    mailbox: mailboxOf(streamOf(ticket)),
    kind: "result",
    receivedAt,
    body: JSON.stringify(body),
  } as const;
  return [{ type: "inbox", row }];
}

/** Never the vendor's own words: those are for the log and the operator. */
function reasonFor(failure: Exclude<Delivery, { type: "sent" }>): UndeliveredReason {
  if (failure.type === "unknown") return "gave-up";
  if (failure.nobody === true) return "nobody";
  if (failure.sensitive === true) return "sensitive";
  switch (failure.class) {
    case "content":
    case "window-closed":
    case "config":
      return failure.class;
    case "transient":
    case "token":
    case "rate":
      return "gave-up";
  }
}
