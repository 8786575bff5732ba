import { expect, it } from "vitest";
import { STATUSES } from "../../../test/support/tickets.ts";
import { isOver, streamOf } from "./ticket.ts";

it("takes a ticket for over when it is closed or cancelled, and not before", () => {
  expect(STATUSES.filter(isOver)).toEqual(["closed", "cancelled"]);
});

it("names the stream of a ticket by its id", () => {
  expect(streamOf("t1")).toBe("ticket:t1");
});
