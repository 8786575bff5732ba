import { utf8 } from "../../wire/bytes.ts";
import type { ReadContent } from "./content.ts";
import { newId } from "./identity.ts";
import type { FeishuSayInput } from "./say.ts";
import type { JsonObject } from "./shape.ts";
import type { Feishu, Mention, Resource } from "./state.ts";

type Said = { readonly content: ReadContent; readonly mentions: readonly Mention[] };

/**
 * What a person wrote, in the form in which it reaches the app.
 *
 * Only text and rich text can mention; a picture that mentions the bot therefore travels as rich text, and a file never
 * mentions. Feishu docs: message_content.
 */
export function composeSaid(feishu: Feishu, input: FeishuSayInput): Said {
  const { attachment } = input;
  if (attachment?.kind === "file") return composeFile(attachment);
  if (attachment === undefined && input.post === undefined) return composeText(feishu, input);
  if (attachment !== undefined && input.mention !== true && input.post === undefined) {
    return composeImage(attachment);
  }
  return composePost(feishu, input);
}

function composeText(feishu: Feishu, input: FeishuSayInput): Said {
  const mentions = findMentions(feishu, input);
  const words = input.mention === true ? `@${feishu.bot.name} ${input.text}` : input.text;
  const text = mentions.reduce((said, each) => said.replaceAll(`@${each.name}`, each.key), words);
  const content = {
    kind: "text",
    content: JSON.stringify({ text }),
    card: null,
    resources: new Map<string, Resource>(),
    shown: { type: "text", text: words },
  } as const;
  return { content, mentions };
}

/** The bot when it is mentioned, then the members whose name follows an @. */
function findMentions(feishu: Feishu, input: FeishuSayInput): readonly Mention[] {
  const members = (feishu.world.chat(input.chat)?.members ?? [])
    .map((id) => ({ openId: id, name: feishu.world.person(id)?.name ?? "" }))
    .filter(({ name }) => name !== "" && input.text.includes(`@${name}`));
  const bot = { openId: feishu.bot.openId, name: feishu.bot.name };
  const mentioned = input.mention === true ? [bot, ...members] : members;
  return mentioned.map((each, index) => ({ ...each, key: `@_user_${index + 1}` }));
}

function composePost(feishu: Feishu, input: FeishuSayInput): Said {
  const mentions = findMentions(feishu, { ...input, text: "" });
  const resources = new Map<string, Resource>();
  const line: JsonObject[] = mentions.map(({ key, name }) => ({
    tag: "at",
    user_id: key,
    user_name: name,
  }));
  if (input.text !== "") line.push({ tag: "text", text: input.text });
  const lines = [line];
  if (input.attachment !== undefined) {
    const key = newId("img_v3_");
    resources.set(key, picture(input.attachment));
    lines.push([{ tag: "img", image_key: key }]);
  }
  const title = input.post?.title ?? "";
  const words = [...mentions.map(({ name }) => `@${name}`), input.text].filter(
    (each) => each !== "",
  );
  const picked = input.attachment === undefined ? [] : [`[图片] ${input.attachment.name}`];
  const text = [title, words.join(" "), ...picked].filter((each) => each !== "").join("\n");
  const content = {
    kind: "post",
    content: JSON.stringify({ title, content: lines }),
    card: null,
    resources,
    shown: { type: "text", text },
  } as const;
  return { content, mentions };
}

type Sent = NonNullable<FeishuSayInput["attachment"]>;

function composeImage(sent: Sent): Said {
  const { name } = sent;
  const key = newId("img_v3_");
  const content = {
    kind: "image",
    content: JSON.stringify({ image_key: key }),
    card: null,
    resources: new Map([[key, picture(sent)]]),
    shown: { type: "attachment", kind: "image", name },
  } as const;
  return { content, mentions: [] };
}

function composeFile({ name, bytes = utf8(`simulated file ${name}\n`) }: Sent): Said {
  const key = newId("file_v3_");
  const file: Resource = { kind: "file", name, mime: "application/octet-stream", bytes };
  const content = {
    kind: "file",
    content: JSON.stringify({ file_key: key, file_name: name }),
    card: null,
    resources: new Map([[key, file]]),
    shown: { type: "attachment", kind: "file", name },
  } as const;
  return { content, mentions: [] };
}

/** One white point. */
const GIF = new Uint8Array([
  71, 73, 70, 56, 57, 97, 1, 0, 1, 0, 128, 0, 0, 255, 255, 255, 0, 0, 0, 44, 0, 0, 0, 0, 1, 0, 1, 0,
  0, 2, 2, 68, 1, 0, 59,
]);

/** Whatever a picture is called, it is a GIF unless it has bytes of its own. */
function picture({ name, bytes = GIF }: Sent): Resource {
  return { kind: "image", name, mime: "image/gif", bytes };
}
