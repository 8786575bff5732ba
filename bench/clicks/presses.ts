import { app } from "../ingest/desk.ts";
import { sealed, vendorId } from "../ingest/pushes.ts";

/** A press of 接单 on a ticket's card, as Feishu pushes it. */
export type Press = { readonly card: string; readonly request: Uint8Array };

/** The agent of the benchmark's desk. */
const AGENT = "ou_li";
const CLAIM = /claim\|\d+\|ticket:[0-9a-z]+/;

/** One press for each posted card that can be claimed. Feishu docs: cardkit-v1/card-callback-communication. */
export function makePresses(posted: ReadonlyMap<string, string>): readonly Press[] {
  return [...posted].flatMap(([card, body]) => {
    const action = CLAIM.exec(body)?.[0];
    return action === undefined ? [] : [{ card, request: press(card, action) }];
  });
}

function press(card: string, action: string): Uint8Array {
  const at = String(Date.now());
  const plain = JSON.stringify({
    schema: "2.0",
    header: {
      event_id: vendorId("press", card),
      event_type: "card.action.trigger",
      create_time: `${at}000`,
      token: app.verificationToken,
      app_id: app.appId,
      tenant_key: "2ca1d211f64f6438",
    },
    event: {
      operator: { open_id: AGENT, union_id: "on_li", tenant_key: "2ca1d211f64f6438" },
      token: vendorId("token", card),
      action: { tag: "button", value: { action } },
      host: "im_message",
      context: { open_message_id: card, open_chat_id: "oc_desk" },
    },
  });
  return sealed(plain, at);
}
