import { expect, it } from "vitest";
import { readRecall } from "./recall.ts";

const event = {
  message_id: "om_1",
  chat_id: "oc_1",
  recall_time: "1700000000000",
  recall_type: "message_owner",
};

it("names the message by the key under which it came", () => {
  expect(readRecall(event, 5)).toEqual({
    type: "recall",
    dedupeKey: "recall:om_1",
    at: 1_700_000_000_000,
    recalls: "msg:om_1",
    messageId: "om_1",
  });
});

it("is as old as its push where it does not say how old it is", () => {
  expect(readRecall({ message_id: "om_1" }, 5)).toMatchObject({ at: 5 });
  expect(readRecall({ ...event, recall_time: "soon" }, 5)).toMatchObject({ at: 5 });
});

it.each([null, "om_1", {}, { message_id: "" }, { message_id: 7 }, { message_id: "a b" }])(
  "%j is none",
  (wrong) => {
    expect(readRecall(wrong, 5)).toBe("malformed");
  },
);
