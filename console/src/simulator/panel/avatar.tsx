import { initialsOf } from "./initials.ts";

const TINTS = 6;

/** One or two letters of the name in a tinted tile. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <span className={`avatar tint-${tintOf(id)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

/** The desk's own face. */
export function BotAvatar() {
  return (
    <span className="avatar avatar-bot" aria-hidden="true">
      <svg viewBox="0 0 24 24" role="presentation">
        <path d="M17.2 9.2A6 6 0 1 0 18 12" />
        <path d="M17.8 5.6v3.9h-3.9" />
      </svg>
    </span>
  );
}

/** A group, drawn as its first letter. */
export function GroupAvatar({ name }: { readonly name: string }) {
  return (
    <span className="avatar avatar-group" aria-hidden="true">
      {[...name][0] ?? "#"}
    </span>
  );
}

function tintOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % TINTS;
}
