import { useSyncExternalStore } from "react";

const PHONE = "(max-width: 719px)"; // the same width as in page.css

/** Is there room for one panel only? */
export function usePhone(): boolean {
  return useSyncExternalStore(watch, () => matchMedia(PHONE).matches);
}

function watch(changed: () => void): () => void {
  const query = matchMedia(PHONE);
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}
