import type { Part } from "../../core/message.ts";

/** What an old message event says of the message itself; a field is empty where the kind of message has none. */
export type ContentV1 = {
  readonly kind: string;
  /** Of a post it is HTML, of a text it is plain but for the tags of those mentioned. */
  readonly text: string;
  readonly title: string;
  readonly imageKey: string;
  readonly imageKeys: readonly string[];
  readonly fileKey: string;
};

/**
 * The parts of a message of the old form; `isBot` tells whom of those mentioned are we.
 *
 * Pictures of a post come after its words, because only their keys are told and not their places. Never fails. Feishu
 * docs: deprecated version, message events (uMTNxYjLzUTM24yM1EjN).
 */
export function readPartsV1(content: ContentV1, isBot: (id: string) => boolean): readonly Part[] {
  const parts = partsOf(content, isBot).filter((part) => part.type !== "text" || part.text !== "");
  return parts.length === 0 ? [{ type: "unknown", kind: content.kind }] : parts;
}

function partsOf(content: ContentV1, isBot: (id: string) => boolean): readonly Part[] {
  switch (content.kind) {
    case "text":
      return splitTags(content.text, AT).map((piece) => mention(piece, isBot) ?? text(piece));
    case "post":
      return postParts(content, isBot);
    case "image":
      return attachments("image", [content.imageKey]);
    case "file":
      return attachments("file", [content.fileKey]);
    default:
      return [];
  }
}

function postParts(content: ContentV1, isBot: (id: string) => boolean): readonly Part[] {
  const words = splitTags(content.text, AT_OR_LINK).map(
    (piece) => mention(piece, isBot) ?? link(piece) ?? text(withoutMarkup(piece)),
  );
  const hasWords = words.some((part) => part.type !== "text" || part.text !== "");
  const title = content.title === "" || !hasWords ? content.title : `${content.title}\n`;
  return [text(title), ...words, ...attachments("image", content.imageKeys)];
}

/** Ids of those whom a text mentions. */
export function mentionedIds(written: string): ReadonlySet<string> {
  const found = splitTags(written, AT).map((piece) => mention(piece, () => false));
  return new Set(found.flatMap((part) => (part?.type === "mention" ? [part.id] : [])));
}

// None of these can look at a character more than a few times, however the text is made.
const AT = /(<at\s[^<>]*>[^<>]*<\/at>)/;
const AT_OR_LINK = /(<(?:at|a)\s[^<>]*>[^<>]*<\/(?:at|a)>)/;
const AT_TAG = /^<at\s[^<>]*?(?:open_id|user_id)\s*=\s*"([^"<>]*)"[^<>]*>([^<>]*)<\/at>$/;
const LINK_TAG = /^<a\s[^<>]*?href\s*=\s*"([^"<>]*)"[^<>]*>([^<>]*)<\/a>$/;

/** Every second piece is what `tag` matched. */
function splitTags(written: string, tag: RegExp): readonly string[] {
  return written.split(tag);
}

function mention(piece: string, isBot: (id: string) => boolean): Part | null {
  const [, id = "", shown = ""] = AT_TAG.exec(piece) ?? [];
  if (id === "") return null;
  return { type: "mention", id, name: shown.replace(/^@/, ""), bot: isBot(id) };
}

function link(piece: string): Part | null {
  const [, url = "", shown = ""] = LINK_TAG.exec(piece) ?? [];
  return url === "" ? null : { type: "link", text: unescaped(shown), url: unescaped(url) };
}

function text(words: string): Part {
  return { type: "text", text: words };
}

function attachments(type: "image" | "file", keys: readonly string[]): readonly Part[] {
  return keys
    .filter((key) => key !== "")
    .map((key) => ({ type, key, name: null, recognised: null }));
}

function withoutMarkup(html: string): string {
  const lines = html.replace(/<\/p>\s*<p[^<>]*>|<br\s*\/?>/g, "\n");
  return unescaped(lines.replace(/<[^<>]*>/g, ""));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
  "&amp;": "&",
};

function unescaped(html: string): string {
  return html.replace(/&(?:lt|gt|quot|#39|nbsp|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
