import type { Fields } from "../../fields.ts";
import type { SayInput, ToolChat, ToolMessage } from "../../tool.ts";
import { newMsgId, sampleFile } from "../say.ts";
import { chatFields } from "./chats.ts";
import type { AibotContext } from "./context.ts";

/** A message as a callback brings it, and as the chat shows it. */
export type Said = { readonly message: ToolMessage["id"]; readonly body: Fields };

/**
 * Show what a person says to the bot, and make the callback's body of it. Null when the bot does not hear it: a group
 * message that does not mention it. Throws for what WeCom does not offer.
 *
 * WeCom docs: 100719, 101463.
 */
export async function sayIt(
  context: AibotContext,
  chat: ToolChat,
  input: SayInput,
): Promise<Said | null> {
  const { attachment, person, quotes = null } = input;
  if (attachment !== undefined && chat.kind === "group") {
    throw new Error("a bot is sent files and pictures in its one-to-one chats only");
  }
  const isMentioned = chat.kind === "group" && input.mention === true;
  const text = isMentioned ? `@${context.bot.name} ${input.text}` : input.text;
  const id = newMsgId();
  const shown =
    attachment === undefined
      ? ({ type: "text", text } as const)
      : ({ type: "attachment", ...attachment } as const);
  const quoted = quotes === null ? null : quoteOf(context, quotes);
  context.world.post({ id, chat: chat.id, from: person, quotes, body: shown });
  if (chat.kind === "group" && !isMentioned) return null;
  return {
    message: id,
    body: {
      msgid: id,
      aibotid: context.bot.botId,
      ...chatFields(chat),
      from: { userid: person },
      ...(attachment === undefined
        ? { msgtype: "text", text: { content: text } }
        : await fileFields(context, attachment)),
      ...(quoted === null ? {} : { quote: quoted }),
    },
  };
}

async function fileFields(
  { bot, files }: AibotContext,
  { kind, name }: NonNullable<SayInput["attachment"]>,
): Promise<Fields> {
  const key = bot.webhook === undefined ? null : `${bot.webhook.encodingAesKey}=`;
  return { msgtype: kind, [kind]: await files.keep(sampleFile(kind, name), key) };
}

/** A quoted message comes as its words alone; a card has none. */
function quoteOf({ world }: AibotContext, id: string): Fields | null {
  const quoted = world.message(id);
  if (quoted === null) throw new Error(`there is no message ${id} to quote`);
  if (quoted.body.type !== "text") return null;
  return { msgtype: "text", text: { content: quoted.body.text } };
}
