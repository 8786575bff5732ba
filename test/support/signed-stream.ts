import { utf8 } from "../../src/wire/bytes.ts";
import { feishuEncrypt, feishuSignature } from "../../src/wire/feishu-crypto.ts";
import { BOTS, ENCRYPT_KEY, VERIFICATION_TOKEN } from "./kill-desk.ts";

/** A person writes so many messages, in this order; `fault` ones are about a ticket. */
const KINDS = ["question", "fault", "question", "fault", "question"] as const;

export type StreamMessage = {
  readonly id: string;
  readonly sender: string;
  readonly bot: string;
  readonly kind: (typeof KINDS)[number];
  readonly text: string;
};

/** `count` different messages, five for each person. */
export function makeStream(count: number): readonly StreamMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const person = Math.floor(index / KINDS.length);
    const kind = KINDS[index % KINDS.length] ?? "question";
    const words = kind === "question" ? "加盟费多少" : person % 2 === 0 ? "冰柜坏了" : "要补货";
    const bot = BOTS[person % BOTS.length] ?? "";
    return { id: `om_in_${index}`, sender: `ou_${person}`, bot, kind, text: `${words} ${index}` };
  });
}

/**
 * Deliver messages to a hub, `inFlight` at a time, until all are answered or `over()` says that nobody answers any
 * more. Resolves when nothing is under way; `acknowledged` hears of every 200 as it comes.
 */
export async function deliver(
  url: string,
  messages: readonly StreamMessage[],
  options: {
    readonly inFlight: number;
    acknowledged(message: StreamMessage): void;
    over(): boolean;
  },
): Promise<void> {
  const queue = messages.values();
  const carry = async (): Promise<void> => {
    for (const message of queue) {
      if (options.over()) return;
      if (await post(url, message)) options.acknowledged(message);
    }
  };
  await Promise.all(Array.from({ length: options.inFlight }, carry));
}

/** One delivery, signed and encrypted anew. False when there was no 200. */
async function post(url: string, message: StreamMessage): Promise<boolean> {
  const body = JSON.stringify({ encrypt: await feishuEncrypt(ENCRYPT_KEY, pushOf(message)) });
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = crypto.randomUUID();
  const signed = { timestamp, nonce, encryptKey: ENCRYPT_KEY, body: utf8(body) };
  const headers = {
    "content-type": "application/json",
    "x-lark-request-timestamp": timestamp,
    "x-lark-request-nonce": nonce,
    "x-lark-signature": await feishuSignature(signed),
  };
  try {
    const address = `${url}/hooks/feishu/${message.bot}`;
    const response = await fetch(address, { method: "POST", headers, body });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** A redelivery may carry another event id: the message id is what stays. Feishu docs: im-v1/message/events/receive. */
function pushOf(message: StreamMessage): string {
  const now = String(Date.now());
  const header = {
    event_id: crypto.randomUUID(),
    event_type: "im.message.receive_v1",
    create_time: now,
    token: VERIFICATION_TOKEN,
    app_id: `cli_${message.bot}`,
    tenant_key: "tenant",
  };
  const sender = {
    sender_id: { open_id: message.sender },
    sender_type: "user",
    tenant_key: "tenant",
  };
  const content = {
    message_id: message.id,
    create_time: now,
    chat_id: `oc_p2p_${message.sender}`,
    chat_type: "p2p",
    message_type: "text",
    content: JSON.stringify({ text: message.text }),
  };
  return JSON.stringify({ schema: "2.0", header, event: { sender, message: content } });
}
