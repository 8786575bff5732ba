import { describe, expect, it } from "vitest";
import {
  aNewTicket,
  foldTicket,
  givenTicket,
  OTHER_STORE,
  STORE,
} from "../../../test/support/given.ts";
import { LI } from "../../../test/support/ticket-news.ts";
import { literal } from "../text.ts";
import type { FieldSet, TicketEvent } from "./ticket.ts";

const claimed: TicketEvent = { type: "claimed", by: LI, owner: "li" };
const working = [...aNewTicket(), claimed];
const NOTHING = { value: "", text: null, stores: [] };
const set = { verb: "set_field", by: LI, ...NOTHING } as const;

describe("set a field", () => {
  it("keeps what it was with what it is", () => {
    givenTicket(working)
      .when({ ...set, field: "priority", value: "urgent" })
      .gives([{ type: "field_set", by: LI, target: "priority", value: "urgent", old: "high" }]);
    givenTicket(working)
      .when({ ...set, field: "title", text: "w" })
      .gives([
        {
          type: "field_set",
          by: LI,
          target: "title",
          value: { ref: "w" },
          old: literal("设备报修"),
        },
      ]);
    givenTicket(working)
      .when({ ...set, field: "store", stores: [OTHER_STORE] })
      .gives([{ type: "field_set", by: LI, target: "store", value: OTHER_STORE, old: STORE }]);
    givenTicket(working)
      .when({ ...set, field: "symptom", text: "w" })
      .gives([
        {
          type: "field_set",
          by: LI,
          target: "field",
          name: "symptom",
          label: "故障",
          value: { ref: "w" },
          old: { ref: "words-2" },
        },
      ]);
  });

  it.each([
    [
      "a field that the ticket's intent has not",
      { field: "slip", text: "w" },
      { unknown_field: {} },
    ],
    ["no field", { field: "", text: "w" }, { unknown_field: {} }],
    ["what objects carry", { field: "__proto__", text: "w" }, { unknown_field: {} }],
    ["a picture", { field: "photo", text: "w" }, { unknown_field: {} }],
    ["a priority that there is not", { field: "priority", value: "top" }, { bad_value: {} }],
    ["the priority that it has", { field: "priority", value: "high" }, { already_done: {} }],
    ["an empty title", { field: "title" }, { empty_text: {} }],
    ["an empty field", { field: "symptom" }, { empty_text: {} }],
    ["a store that nobody knows", { field: "store", text: "w" }, { unknown_store: {} }],
    [
      "a name of two stores",
      { field: "store", stores: [STORE, OTHER_STORE] },
      { unknown_store: {} },
    ],
    ["the store that it has", { field: "store", stores: [STORE] }, { already_done: {} }],
  ])("refuses %s", (_what, given, expected) => {
    givenTicket(working)
      .when({ ...set, ...given })
      .gives(expected);
  });

  it("changes that field and no other, and adds one that was not given yet", () => {
    const before = foldTicket(working);
    const symptom: FieldSet = {
      type: "field_set",
      by: LI,
      target: "field",
      name: "symptom",
      label: "故障",
      value: { ref: "w" },
      old: { ref: "words-2" },
    };
    const after = foldTicket([...working, symptom]);
    expect(after).toEqual({
      ...before,
      fields: [{ name: "symptom", label: "故障", value: { ref: "w" } }],
      version: before.version + 1,
    });
    const bare = foldTicket([...aNewTicket({ fields: [] }), { ...symptom, old: null }]);
    expect(bare.fields).toEqual(after.fields);
  });

  it("leaves it with its team, whatever the store or the priority would mean for dispatch", () => {
    const moved: FieldSet = {
      type: "field_set",
      by: LI,
      target: "store",
      value: OTHER_STORE,
      old: STORE,
    };
    const urgent: FieldSet = {
      type: "field_set",
      by: LI,
      target: "priority",
      value: "urgent",
      old: "high",
    };
    const { team, store, priority, status } = foldTicket([...working, moved, urgent]);
    expect({ team, store, priority, status }).toEqual({
      team: "cold",
      store: OTHER_STORE,
      priority: "urgent",
      status: "in_progress",
    });
  });
});
