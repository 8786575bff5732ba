import { Buffer } from "node:buffer";
import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { app, wordings } from "./desk.ts";

/** A signed and encrypted push as it goes over the wire, and the id of the message in it. */
export type Push = { readonly messageId: string; readonly request: Buffer };

const MESSAGES_A_PERSON = 4;
const aesKey = createHash("sha256").update(app.encryptKey).digest();

/**
 * Pushes of `im.message.receive_v1`, made beforehand: one-to-one chats of people who say four things each, what one
 * person says far apart. Feishu docs: im-v1/message/events/receive.
 */
export function makePushes(
  run: string,
  count: number,
  { words = wordings, each = MESSAGES_A_PERSON } = {},
): readonly Push[] {
  const people = Math.ceil(count / each);
  return Array.from({ length: count }, (_, index) =>
    makePush(run, index, index % people, words[index % words.length] ?? ""),
  );
}

function makePush(run: string, index: number, person: number, text: string): Push {
  const messageId = `om_${vendorId(run, "message", index)}`;
  const personId = vendorId(run, "person", person);
  const at = String(Date.now());
  const plain = JSON.stringify({
    schema: "2.0",
    header: {
      event_id: vendorId(run, "event", index),
      event_type: "im.message.receive_v1",
      create_time: at,
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: "2ca1d211f64f6438",
    },
    event: {
      sender: {
        sender_id: {
          open_id: `ou_${personId}`,
          union_id: `on_${personId}`,
          user_id: personId.slice(0, 8),
        },
        sender_type: "user",
        tenant_key: "2ca1d211f64f6438",
      },
      message: {
        message_id: messageId,
        create_time: at,
        update_time: at,
        chat_id: `oc_${personId}`,
        chat_type: "p2p",
        message_type: "text",
        content: JSON.stringify({ text }),
      },
    },
  });
  return { messageId, request: sealed(plain, at) };
}

/** Without order, as Feishu's own are, so that no index gets its keys sorted. */
export function vendorId(...parts: readonly (string | number)[]): string {
  return createHash("md5").update(parts.join(" ")).digest("hex");
}

/** A whole request with this plaintext, encrypted and signed. Feishu docs: encrypt-key-encryption-configuration-case. */
export function sealed(plain: string, at: string): Buffer {
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", aesKey, iv);
  const encrypt = Buffer.concat([iv, cipher.update(plain, "utf8"), cipher.final()]).toString(
    "base64",
  );
  const body = JSON.stringify({ encrypt });
  const timestamp = at.slice(0, 10);
  const nonce = randomBytes(8).toString("hex");
  const signature = createHash("sha256")
    .update(timestamp + nonce + app.encryptKey + body)
    .digest("hex");
  const head = [
    `POST ${app.path} HTTP/1.1`,
    "host: 127.0.0.1",
    "connection: keep-alive",
    "content-type: application/json; charset=utf-8",
    `content-length: ${Buffer.byteLength(body)}`,
    `x-lark-request-timestamp: ${timestamp}`,
    `x-lark-request-nonce: ${nonce}`,
    `x-lark-signature: ${signature}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}
