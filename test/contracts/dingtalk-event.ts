import { expect } from "vitest";
import type { HttpReply } from "../../src/ports/channel.ts";
import { wecomDecrypt, wecomSignature } from "../../src/wire/wecom-crypto.ts";
import type { PushSubject } from "./channel-subject.ts";
import {
  AES_KEY,
  account,
  eventRequest,
  provenEvent,
  strangersAccount,
  TOKEN,
  WINDOW,
} from "./dingtalk-account.ts";

async function expectEncryptedSuccess(reply: HttpReply): Promise<void> {
  const answer = JSON.parse(reply.body);
  const { msg_signature: signature, timeStamp: timestamp, nonce, encrypt } = answer;
  expect(await wecomSignature({ token: TOKEN, timestamp, nonce, encrypt })).toBe(signature);
  expect(await wecomDecrypt({ encodingAesKey: AES_KEY, encrypt })).toEqual({
    message: "success",
    receiveId: "dingappkey",
  });
}

/** Encrypted events. */
export const event: PushSubject = {
  name: "events",
  feed: "event",
  create: account,
  createStranger: strangersAccount,
  prove: provenEvent,
  push: (payload) => eventRequest(payload),
  coversBody: true,
  proof: { headers: [], query: ["msg_signature", "timestamp", "nonce"] },
  window: WINDOW,
  handshakes: [
    {
      name: "the test of the address",
      request: () => eventRequest(JSON.stringify({ EventType: "check_url" })),
      check: expectEncryptedSuccess,
    },
  ],
  forgeries: [
    {
      name: "an event for another app",
      request: () => eventRequest('{"EventType":"x"}', "another"),
      reason: "signature",
    },
  ],
  samples: [
    {
      name: "an event that means nothing to us",
      payload: JSON.stringify({ EventType: "user_add_org", UserId: ["0123"], CorpId: "ding1" }),
      items: [],
      replies: [{ name: "done", outcome: null, check: expectEncryptedSuccess }],
    },
  ],
};
