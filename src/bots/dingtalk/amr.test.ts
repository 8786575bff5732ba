import { expect, it } from "vitest";
import { AMR, PNG } from "../../../test/support/sample-files.ts";
import { amrMs } from "./amr.ts";

it("knows how long a recording lasts, and that other files last no time", () => {
  expect(amrMs(AMR)).toBe(60);
  expect(amrMs(AMR.subarray(0, 6))).toBeNull();
  expect(amrMs(PNG)).toBeNull();
  expect(amrMs(new Uint8Array())).toBeNull();
});
