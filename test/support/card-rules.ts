import { expect } from "vitest";
import { type Card, decodeAction } from "../../src/core/card.ts";

/** Each button of a card does something else, and what it sends back is ours, ASCII and at most 128 bytes. */
export function expectPressable(card: Card<unknown>): void {
  const actions = card.controls.flatMap((control) =>
    control.type === "link"
      ? []
      : [control.type === "form" ? control.submit.action : control.action],
  );
  expect(new Set(actions).size).toBe(actions.length);
  for (const action of actions) {
    expect(action).toMatch(/^[!-~]{1,128}$/);
    expect(decodeAction(action)).not.toBeNull();
  }
}
