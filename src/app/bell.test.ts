import { expect, it } from "vitest";
import { createBell } from "./bell.ts";

it("rings for those who listen for that row, each time, until they stop", () => {
  const bell = createBell();
  const heard: string[] = [];
  const stopFirst = bell.listen("row", () => heard.push("first"));
  const stopSecond = bell.listen("row", () => heard.push("second"));
  bell.listen("other", () => heard.push("other"));
  bell.ring("row");
  expect(heard).toEqual(["first", "second"]);
  stopFirst();
  bell.ring("row");
  expect(heard).toEqual(["first", "second", "second"]);
  stopSecond();
  bell.ring("row");
  bell.ring("nobody");
  expect(heard).toHaveLength(3);
});

it("lets a listener stop twice without harm to one that came later", () => {
  const bell = createBell();
  const heard: string[] = [];
  const stop = bell.listen("row", () => heard.push("early"));
  stop();
  bell.listen("row", () => heard.push("late"));
  stop();
  bell.ring("row");
  expect(heard).toEqual(["late"]);
});
