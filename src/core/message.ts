import type { AttachmentKind } from "./attachment.ts";
import type { Card } from "./card.ts";

/** Somebody as one account of one vendor knows them. `id` is the vendor's id, kept as a string. */
export type Person = { readonly id: string; readonly name: string | null };

/** Where something was said: a chat of the account, and the thread in it if the tool has threads. */
export type Place = {
  readonly chat: string;
  readonly kind: "direct" | "group";
  /** Id of the message that the thread hangs on; null outside a thread. */
  readonly thread: string | null;
};

/** One piece of a message, in the order in which it was written. */
export type Part =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "mention"; readonly id: string; readonly name: string; readonly bot: boolean }
  | { readonly type: "link"; readonly text: string; readonly url: string }
  /** Something to be fetched from the vendor by `key`; `recognised` is the vendor's speech-to-text. */
  | {
      readonly type: "image" | "file" | "audio" | "video" | "sticker";
      readonly key: string;
      readonly name: string | null;
      readonly recognised: string | null;
    }
  | {
      readonly type: "location";
      readonly title: string;
      readonly latitude: number;
      readonly longitude: number;
    }
  /** A kind that this channel does not read; `kind` is the vendor's word for it. */
  | { readonly type: "unknown"; readonly kind: string };

/** A handle with which exactly this message can be answered, where a vendor gives one (DingTalk's sessionWebhook). */
export type ReplyHandle = { readonly value: string; readonly expiresAt: number };

/** Something a person sent us, in our own words. */
export type InboundMessage = {
  readonly type: "message";
  /** The vendor's own identity of this delivery: the same key is the same message, for ever. */
  readonly dedupeKey: string;
  /** When it was sent by the vendor's clock, ms UTC. */
  readonly at: number;
  readonly messageId: string;
  readonly sender: Person;
  readonly place: Place;
  /** Is it meant for us: a direct chat, or the bot was mentioned? */
  readonly addressed: boolean;
  /** Id of the message that this one quotes. */
  readonly quotes: string | null;
  /** The words of what it quotes, where the vendor tells them and they are not our own. */
  readonly quoted?: string;
  readonly parts: readonly Part[];
  readonly handle: ReplyHandle | null;
};

/** A click on a card. */
export type InboundAction = {
  readonly type: "action";
  readonly dedupeKey: string;
  readonly at: number;
  readonly operator: Person;
  /** What the button carried, as `encodeAction` wrote it and as the sender claims. */
  readonly action: string;
  /** What was filled in on the card, by field name. Never trusted. */
  readonly values: Readonly<Record<string, string>>;
  /** The vendor's id of the card that was clicked: what `Delivery.remoteId` said when it was sent. */
  readonly cardId: string;
  readonly place: Place | null;
  /** A fresh permission to update the clicked card (WeCom's response_code). */
  readonly updateToken: UpdateToken | null;
  /**
   * Set where it came by a link of ours: the agent that it acts as, or null for whom the operator's id names. No channel
   * sets it.
   */
  readonly byLink?: { readonly agent: string | null };
};

/** Somebody took back what was said. */
export type InboundRecall = {
  readonly type: "recall";
  readonly dedupeKey: string;
  readonly at: number;
  /** The dedupe key of the message that was taken back. */
  readonly recalls: string;
  /** The vendor's id of that message. */
  readonly messageId: string;
};

/** Somebody changed what was said. What it says now the vendor tells only when it is asked: `Channel.readBack`. */
export type InboundEdit = {
  readonly type: "edit";
  readonly dedupeKey: string;
  readonly at: number;
  /** The dedupe key of the message that was changed. */
  readonly edits: string;
  /** The vendor's id of that message. */
  readonly messageId: string;
};

export type Inbound = InboundMessage | InboundAction | InboundRecall | InboundEdit;

/** Permission to change a card once, where a vendor hands such permissions out. */
export type UpdateToken = { readonly value: string; readonly expiresAt: number };

export type Destination = {
  readonly kind: "chat" | "person";
  readonly id: string;
};

/** Ways to reach one person at once: in the tool, by SMS, by a phone call; the quietest first. */
export const URGENT_WAYS = ["app", "sms", "phone"] as const;
export type UrgentWay = (typeof URGENT_WAYS)[number];

/** Somebody at work who is named in a message so that their tool tells them. */
export type Mention = { readonly id: string; readonly name: string };

export type Content<T> =
  | { readonly type: "text"; readonly text: T; readonly mentions?: readonly Mention[] }
  | { readonly type: "card"; readonly card: Card<T> };

/** A file that we send, with the bytes in hand. */
export type OutboundFile = {
  readonly kind: AttachmentKind;
  /** With an ending that fits `mime`. */
  readonly name: string;
  readonly mime: string;
  readonly bytes: Uint8Array;
  /** What is said instead where the tool does not take such a file: a sentence with a link to it. */
  readonly instead: string;
};

/** Something that we send. `id` is its idempotency key: 20 characters of `deriveId`. */
export type Outbound<T> = {
  readonly id: string;
  readonly to: Destination;
  /** What it answers: the tool quotes it, keeps the thread, or uses the handle while it lives. */
  readonly inReplyTo: {
    readonly messageId: string;
    readonly thread: string | null;
    readonly handle: ReplyHandle | null;
  } | null;
  readonly content: Content<T>;
};

/** One copy of a card at a vendor, as `update` needs to know it. */
export type SurfaceRef = {
  /** Our id, the idempotency key of its first sending. */
  readonly id: string;
  readonly to: Destination;
  readonly remoteId: string;
  /** Unused permissions to update it, oldest first. */
  readonly updateTokens: readonly UpdateToken[];
  /** Version of the ticket that the card shall show now. */
  readonly version: number;
};

/** How a click ended, as it is told to the clicker. */
export type Outcome<T> = {
  readonly tone: "success" | "info" | "warning" | "error";
  readonly text: T;
  /** What the clicked card shall show from now on; null leaves it as it is. */
  readonly card: Card<T> | null;
};

/** The words with the names of those who are meant before them, where a tool knows no other way. */
export function withNames(text: string, mentions: readonly Mention[] = []): string {
  return [...mentions.map(({ name }) => `@${name}`), text].join(" ");
}

/** What a message says in words: its text parts, links with their addresses and recognised speech, trimmed. */
export function messageText(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (part.type === "text") return part.text;
      if (part.type === "link") return linkWords(part);
      if (part.type === "mention") return part.bot ? "" : `@${part.name}`;
      return "recognised" in part ? (part.recognised ?? "") : "";
    })
    .join("")
    .replace(/[ \t]+/g, " ")
    .trim();
}

function linkWords({ text, url }: Extract<Part, { type: "link" }>): string {
  return text === "" || text === url ? url : `${text} (${url})`;
}
