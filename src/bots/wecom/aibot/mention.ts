/**
 * Take the @ of the bot out of what was written in a group. Where its name is not configured, the @ that stands first
 * is taken for it. Gives a null name when there is none.
 */
export function stripMention(
  text: string,
  botName: string | undefined,
): { readonly name: string | null; readonly text: string } {
  if (botName === undefined) {
    const first = /^@(\S+)\s*/.exec(text);
    return first === null
      ? { name: null, text }
      : { name: first[1] ?? "", text: text.slice(first[0].length) };
  }
  const at = findMention(text, `@${botName}`);
  if (at === -1) return { name: null, text };
  const before = text.slice(0, at).trimEnd();
  const after = text.slice(at + botName.length + 1).trimStart();
  return { name: botName, text: [before, after].filter((part) => part !== "").join(" ") };
}

/** Where the mention stands as a word of its own: another bot's name may begin with ours. */
function findMention(text: string, mention: string): number {
  for (let at = text.indexOf(mention); at !== -1; at = text.indexOf(mention, at + 1)) {
    const next = text.at(at + mention.length);
    if (next === undefined || /\s/.test(next)) return at;
  }
  return -1;
}
