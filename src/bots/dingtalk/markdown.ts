const LOOKALIKES: Readonly<Record<string, string>> = {
  "<": "＜",
  ">": "＞",
  "[": "［",
  "]": "］",
  "*": "＊",
  "`": "｀",
  "|": "｜",
  "#": "＃",
};

/**
 * Words as they read, in the markdown of DingTalk's cards.
 *
 * That dialect has tags, links and `[表情]`, and its docs name no way to escape them: full-width twins stand in, so that
 * nobody's words become a link, a picture or a mention. DingTalk docs: markdown-variable-new.
 */
export function plainMarkdown(words: string): string {
  return words
    .trim()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => line.trim().replace(/[<>[\]*`|]|^#+/g, lookalikes))
    .filter((line, index, lines) => line !== "" || lines[index - 1] !== "")
    .join("<br>");
}

/** The same where other words stand before it on its line, so that a `#` begins no heading. */
export function inlineMarkdown(words: string): string {
  return oneLine(words).replace(/[<>[\]*`|]/g, lookalikes);
}

/** A link whose words and address cannot end it early. */
export function markdownLink(words: string, url: string): string {
  const address = url.replace(
    /[ \t\r\n()<>]/g,
    (found) => `%${found.charCodeAt(0).toString(16).padStart(2, "0").toUpperCase()}`,
  );
  return `[${plainMarkdown(oneLine(words))}](${address})`;
}

export function oneLine(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}

function lookalikes(found: string): string {
  return [...found].map((character) => LOOKALIKES[character] ?? character).join("");
}
