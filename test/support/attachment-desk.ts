import type { AttachmentStore } from "../../src/app/attachment-store.ts";
import { FILE_GROUPS } from "../../src/core/file-type.ts";
import type { InboundMessage, InboundRecall, OutboundFile, Part } from "../../src/core/message.ts";
import type { AttachmentRef, Delivery, Fetched } from "../../src/ports/channel.ts";
import { aMessage } from "./fake-channel.ts";
import { createTestHub } from "./hub.ts";
import { createMemoryBlobs } from "./memory-blobs.ts";
import { PNG } from "./sample-files.ts";

type Passed = { readonly account: string; readonly to: string; readonly file: OutboundFile };

/** The test desk with a place for files, and channels that fetch and take them. */
export function createAttachmentDesk(over: Partial<AttachmentStore> = {}) {
  const blobs = createMemoryBlobs();
  const attachments = { blobs, maxBytes: 1000, types: FILE_GROUPS, ...over };
  const desk = createTestHub({ setup: { attachments } });
  const asked: AttachmentRef[] = [];
  const passed: Passed[] = [];
  const vendor = {
    answer: async (): Promise<Fetched> => ({ type: "fetched", bytes: PNG, name: null }),
  };
  for (const [account, channel] of Object.entries(desk.channels)) {
    Object.assign(channel, {
      async fetchAttachment(ref: AttachmentRef): Promise<Fetched> {
        asked.push(ref);
        return vendor.answer();
      },
      async sendFile({ id, to }: { id: string; to: { id: string } }, file: OutboundFile) {
        passed.push({ account, to: to.id, file });
        return { type: "sent", remoteId: id, updateTokens: [] } satisfies Delivery;
      },
    });
  }
  return {
    desk,
    blobs,
    asked,
    passed,
    vendor,
    async say(message: InboundMessage | InboundRecall, account = "fake/a"): Promise<void> {
      await desk.receive(desk.account(account), "event", [message]);
      await desk.settle();
    },
    rows: async () => (await desk.store.page("attachments", 0, 100)).map(({ values }) => values),
    async ticket() {
      const [row] = await desk.store.page("tickets", 0, 1);
      return row === undefined ? null : desk.store.ticket(String(row.values.id));
    },
    /** What was said to somebody in words. */
    wordsTo: (to: string): string[] =>
      Object.values(desk.channels).flatMap(({ sent }) =>
        sent.flatMap((each) =>
          each.to.id === to && each.content.type === "text" ? [each.content.text] : [],
        ),
      ),
    /** The newest card that somebody has. */
    cardTo(to: string) {
      const sent = Object.values(desk.channels).flatMap(({ sent: all, cards }) =>
        all.flatMap(({ id, to: target }) => (target.id === to ? (cards.get(id)?.card ?? []) : [])),
      );
      const card = sent.at(-1);
      if (card === undefined) throw new Error(`${to} has no card.`);
      return card;
    },
  };
}

export function picture(name: string | null = null, key = "img_1"): Part {
  return { type: "image", key, name, recognised: null };
}

export function withPicture(text: string, ...pictures: Part[]): InboundMessage {
  const parts = pictures.length === 0 ? [picture()] : pictures;
  return aMessage(text, {
    parts: [...(text === "" ? [] : [{ type: "text", text } as const]), ...parts],
  });
}

export function recallOf(message: InboundMessage): InboundRecall {
  return {
    type: "recall",
    dedupeKey: `recall:${message.messageId}`,
    at: message.at,
    recalls: message.dedupeKey,
    messageId: message.messageId,
  };
}
