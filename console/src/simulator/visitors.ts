const REMEMBERED = "loopdesk.visitors";
const KEEP = 5;

/** A visitor of the website: what `POST /web/:account/session` gave. */
export type Visitor = { readonly token: string; readonly visitor: string };

/** The visitors that this browser has been, the present one first. */
export function recallVisitors(): readonly Visitor[] {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? "[]");
    return Array.isArray(found) ? found.filter(isVisitor) : [];
  } catch {
    return [];
  }
}

/** Put a visitor first and remember it; the oldest one beyond five is forgotten. */
export function withVisitor(visitors: readonly Visitor[], first: Visitor): readonly Visitor[] {
  return keep([first, ...visitors.filter((one) => one.visitor !== first.visitor)].slice(0, KEEP));
}

/** Forget a visitor whom the hub no longer knows. */
export function withoutVisitor(visitors: readonly Visitor[], gone: Visitor): readonly Visitor[] {
  return keep(visitors.filter((one) => one.token !== gone.token));
}

function keep(visitors: readonly Visitor[]): readonly Visitor[] {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(visitors));
  } catch {
    // Without storage a reload begins as a new visitor.
  }
  return visitors;
}

function isVisitor(value: unknown): value is Visitor {
  if (typeof value !== "object" || value === null) return false;
  return (
    "token" in value &&
    typeof value.token === "string" &&
    "visitor" in value &&
    typeof value.visitor === "string"
  );
}
