import { describe, expect, it } from "vitest";
import { asked, opens, repair, said } from "../../../test/support/form-conversation.ts";
import {
  about,
  aHeard,
  article,
  givenConversation,
  intent,
  opened,
  STORE,
  saying,
} from "../../../test/support/given.ts";
import type { ConversationEvent } from "./conversation.ts";

describe("a command that is no way out", () => {
  it.each(["greeting", "help", "status", "urge", "thanks"])(
    "%s is no value: the question is put again, and that is not counted",
    (command) => {
      const form = said(repair(STORE), asked("symptom", 3));
      form.whenHeard(saying(command)).gives([asked("symptom", 3)]);
    },
  );

  it("inside a longer message is part of the value", () => {
    const words = aHeard({ text: "w", understood: { command: "urge", whole: false } });
    const outcome = said(repair(STORE), asked("symptom")).whenHeard(words);
    expect(outcome.ticketEvents[0]).toMatchObject({ fields: [{ value: { ref: "w" } }] });
  });

  it("such as solved, or a number, may well be the value", () => {
    for (const command of ["solved", "unsolved", "choose_0"]) {
      said(repair(STORE), asked("symptom"))
        .whenHeard(saying(command, { text: "w" }))
        .gives([
          {
            type: "field_given",
            field: "symptom",
            label: "故障",
            value: { ref: "w" },
            store: null,
          },
          opens,
        ]);
    }
  });
});

describe("a picture with the first message", () => {
  const picture = (field: string, label: string): ConversationEvent => ({
    type: "field_given",
    field,
    label,
    value: { key: "attachment.image" },
    store: null,
  });

  it("fills a field for one, so that nobody asks for it", () => {
    const outcome = givenConversation([opened()]).whenHeard(
      about([intent("stock_order")], { text: "w", attachments: ["image"] }),
    );
    outcome.gives([
      { type: "intent_set", intent: "stock_order", about: "w", store: null },
      picture("slip", "订货单"),
      opens,
    ]);
    expect(outcome.ticketEvents[0]).toMatchObject({ fields: [{ name: "slip" }] });
  });

  it("fills one that nobody would have asked for, too", () => {
    givenConversation([opened()])
      .whenHeard(about([intent("equipment_repair")], { text: "first", attachments: ["image"] }))
      .gives([repair(), picture("photo", "照片"), asked("store")]);
  });

  it("fills it when the intent was picked from the menu", () => {
    const choices = [intent("stock_order", 0.4), article("hours", 0.3)];
    const shown = about(choices, { text: "w", attachments: ["image"] });
    const menu = givenConversation([
      opened(),
      { type: "heard", heard: shown },
      { type: "clarified", choices },
    ]);
    for (const outcome of [menu.whenPressed("choose_0"), menu.whenHeard(saying("choose_0"))]) {
      outcome.gives([
        { type: "intent_set", intent: "stock_order", about: "w", store: null },
        picture("slip", "订货单"),
        opens,
      ]);
    }
  });
});
