import { type Conversation, conversationStream } from "../core/conversation/conversation.ts";
import { deriveId } from "../core/id.ts";
import type { InboundMessage } from "../core/message.ts";
import type { Hub } from "./hub.ts";
import { conversationKey } from "./receive-inbound.ts";

/** Where a message belongs: the conversation that is open, or else the one that begins with it. */
export type PlaceOf = {
  readonly place: { readonly key: string; readonly stream: string };
  readonly open: Conversation | null;
};

/** Somebody's own chat was once known by its id, not by theirs: such a conversation goes on until it closes. */
export async function placeOf(
  hub: Hub,
  account: string,
  message: InboundMessage,
): Promise<PlaceOf> {
  const key = conversationKey(account, message);
  const newest = await hub.store.newestConversation(key);
  const { place, sender } = message;
  const isFirst = newest.generation === 0 && place.kind === "direct" && place.chat !== sender.id;
  const former = deriveId("conversation", account, place.chat, "");
  const older = isFirst ? await hub.store.newestConversation(former) : null;
  if (older?.conversation?.status === "open") return placeIn(former, older);
  return placeIn(key, newest);
}

type Newest = { readonly generation: number; readonly conversation: Conversation | null };

function placeIn(key: string, { generation, conversation }: Newest): PlaceOf {
  const open = conversation?.status === "open" ? conversation : null;
  const stream = conversationStream(key, open === null ? generation + 1 : generation);
  return { place: { key, stream }, open };
}
