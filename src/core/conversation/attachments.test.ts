import { expect, it } from "vitest";
import {
  about,
  aHeard,
  aNewTicket,
  CLERK,
  foldTicket,
  givenConversation,
  intent,
  opened,
  STORE,
  saying,
} from "../../../test/support/given.ts";
import type { Attachment } from "../attachment.ts";
import { literal } from "../text.ts";
import type { ConversationEvent } from "./conversation.ts";

const picture = (id: string): Attachment => ({ id, kind: "image", name: literal(`${id}.png`) });
const showing = (id: string, text: string | null = "w") =>
  aHeard({ text, attachments: ["image"], attached: [picture(id)] });
const heard = (id: string): ConversationEvent => ({ type: "heard", heard: showing(id) });
const handedOver = (...attachments: Attachment[]) => ({
  type: "attached",
  by: CLERK,
  attachments,
  visible: true,
});

it("a person who takes over gets everything that was shown before", () => {
  const outcome = givenConversation([
    opened(),
    heard("a"),
    { type: "not_understood", count: 1 },
  ]).whenHeard(saying("human", { attachments: ["image"], attached: [picture("b")] }));
  expect(outcome.ticketEvents).toContainEqual(handedOver(picture("a"), picture("b")));
});

it("a ticket under way gets what was shown with the words, and gets it once", () => {
  const ticket = foldTicket(aNewTicket());
  const begun: ConversationEvent[] = [
    opened(),
    heard("a"),
    { type: "ticket_opened", ticket: "t1", number: 7 },
  ];
  const first = givenConversation(begun, { ticket }).whenHeard(showing("b"));
  expect(first.ticketEvents.at(-1)).toEqual(handedOver(picture("b")));
  const again = givenConversation([...begun, heard("b"), { type: "relayed", ticket: "t1" }], {
    ticket,
  }).whenHeard(aHeard());
  expect(again.ticketEvents.map(({ type }) => type)).not.toContain("attached");
});

it("a picture's field has the picture's name, and the picture goes to the ticket", () => {
  const outcome = givenConversation([
    opened(),
    {
      type: "heard",
      heard: about([intent("stock_order")], { text: "first", stores: [STORE] }),
    },
    { type: "intent_set", intent: "stock_order", about: "first", store: STORE },
    { type: "field_asked", field: "slip", tries: 1 },
  ]).whenHeard(showing("slip", null));
  const [created] = outcome.ticketEvents;
  expect(JSON.stringify(created)).toContain("slip.png");
  expect(outcome.ticketEvents).toContainEqual(handedOver(picture("slip")));
});

it("what was taken back is not handed over", () => {
  const outcome = givenConversation([
    opened(),
    heard("a"),
    heard("b"),
    { type: "recalled", text: "w", attachments: ["a"] },
  ]).whenHeard(saying("human"));
  expect(outcome.ticketEvents).toContainEqual(handedOver(picture("b")));
});
