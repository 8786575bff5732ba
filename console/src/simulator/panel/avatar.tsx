const TINTS = 6;

/** Two letters in a tinted tile: the last two of a Chinese name, the initials of another. */
export function Avatar({ id, name }: { readonly id: string; readonly name: string }) {
  return (
    <span className={`avatar tint-${tintOf(id)}`} aria-hidden="true">
      {initials(name)}
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

function initials(name: string): string {
  const trimmed = name.trim();
  if (/\p{Script=Han}/u.test(trimmed)) return [...trimmed.replace(/\s/g, "")].slice(-2).join("");
  const words = trimmed.split(/\s+/);
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

function tintOf(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % TINTS;
}
