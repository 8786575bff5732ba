import type { Skin } from "./skin.ts";

/** Something that somebody did in a panel. */
export type Deed = { readonly skin: Skin; readonly kind: "say" | "press" };

/** How many of the three steps are done: report, claim, solve and confirm. */
export type Progress = 0 | 1 | 2 | 3;

/**
 * Go on in the guide when a deed is the step that is due, and stay otherwise.
 *
 * The page sees that a button was pressed, not what it meant, so the steps follow the places: something said where
 * requests come from, a press where the repairmen are, and a press back where the request came from.
 */
export function advance(progress: Progress, deed: Deed): Progress {
  const asks = deed.skin === "feishu" || deed.skin === "web";
  if (progress === 0) return asks && deed.kind === "say" ? 1 : 0;
  if (progress === 1) return !asks && deed.kind === "press" ? 2 : 1;
  if (progress === 2) return asks && deed.kind === "press" ? 3 : 2;
  return 3;
}
