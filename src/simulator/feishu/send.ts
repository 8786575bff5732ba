import type { ReadContent } from "./content.ts";
import { FeishuError } from "./feishu-error.ts";
import { newId } from "./identity.ts";
import { type Feishu, type FeishuMessage, saveMessage } from "./state.ts";

export type Sending = {
  readonly chat: string;
  readonly content: ReadContent;
  /** The message that is replied to. */
  readonly parent: FeishuMessage | null;
  readonly inThread: boolean;
  readonly uuid: string | null;
};

const UUID_LIFE_MS = 60 * 60_000;

/**
 * Send a message as the bot: the same uuid within an hour gives the first message back.
 *
 * Throws 230020 beyond 5 messages a second in one chat. Feishu docs: im-v1/message/create, reply.
 */
export function sendAsBot(feishu: Feishu, sending: Sending): FeishuMessage {
  const repeated = findRepeated(feishu, sending.uuid);
  if (repeated !== null) return repeated;
  if (feishu.limits.chat.take(sending.chat) > 0) {
    throw new FeishuError(230020, "This operation triggers the frequency limit.");
  }
  const message = record(feishu, { ...sending, sender: null });
  if (sending.uuid !== null) {
    feishu.sentByUuid.set(sending.uuid, { message: message.id, at: message.createdAt });
  }
  return message;
}

function findRepeated(feishu: Feishu, uuid: string | null): FeishuMessage | null {
  const oldest = feishu.clock.now() - UUID_LIFE_MS;
  for (const [known, sent] of feishu.sentByUuid) {
    if (sent.at > oldest) break;
    feishu.sentByUuid.delete(known);
  }
  const sent = uuid === null ? undefined : feishu.sentByUuid.get(uuid);
  return sent === undefined ? null : (feishu.messages.get(sent.message) ?? null);
}

/** Put a message into its chat, on the servers and in the app. */
export function record(
  feishu: Feishu,
  message: Omit<Sending, "uuid"> &
    Partial<Pick<FeishuMessage, "mentions">> & { sender: string | null },
): FeishuMessage {
  const { parent, content } = message;
  const now = feishu.clock.now();
  const saved: FeishuMessage = {
    id: newId("om_"),
    chat: message.chat,
    sender: message.sender,
    kind: content.kind,
    content: content.content,
    card: content.card,
    mentions: message.mentions ?? [],
    resources: content.resources,
    ...placeInTree(feishu, parent, message.inThread),
    createdAt: now,
    updatedAt: now,
    edits: 0,
    recalled: false,
  };
  saveMessage(feishu, saved);
  feishu.world.post({
    id: saved.id,
    chat: saved.chat,
    from: saved.sender ?? "bot",
    quotes: parent?.id ?? null,
    body: content.shown,
  });
  return saved;
}

/** In a thread the parent is always the thread's root. Feishu docs: im-v1/message/reply, thread-introduction. */
function placeInTree(
  feishu: Feishu,
  parent: FeishuMessage | null,
  inThread: boolean,
): Pick<FeishuMessage, "root" | "parent" | "thread"> {
  if (parent === null) return { root: null, parent: null, thread: null };
  const root = parent.root ?? parent.id;
  if (parent.thread !== null) return { root, parent: root, thread: parent.thread };
  if (!inThread) return { root, parent: parent.id, thread: null };
  const thread = newId("omt_");
  saveMessage(feishu, { ...parent, thread });
  return { root: parent.id, parent: parent.id, thread };
}
