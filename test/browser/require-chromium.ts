import { findChromium } from "./chromium.ts";

/** Stops the browser tests before the first one, with a sentence a person can act on. */
export function setup() {
  if (findChromium() === null) {
    throw new Error(
      "The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.",
    );
  }
}
