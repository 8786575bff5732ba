import { parseFields } from "../../fields.ts";
import { errorResponse, success, WecomError } from "../wecom-error.ts";
import { countMessage, showMessage } from "./content.ts";
import type { AibotContext } from "./context.ts";
import { FILES_PATH } from "./files.ts";

const RESPONSE_PATH = "/cgi-bin/aibot/response";
const LIFE_MS = 3_600_000;

/** Is this address one of the bot's? */
export function isBotPath(pathname: string): boolean {
  return pathname === RESPONSE_PATH || pathname.startsWith(FILES_PATH);
}

/** The response_url of a callback. WeCom docs: 101138. */
export function responseUrl({ apiUrl }: AibotContext, code: string): string {
  return `${apiUrl}${RESPONSE_PATH}?response_code=${code}`;
}

/** Answer a call to a response_url, or hand out a file. */
export async function handleBotApi(context: AibotContext, request: Request): Promise<Response> {
  const url = new URL(request.url);
  if (url.pathname.startsWith(FILES_PATH)) {
    return context.files.fetch(url.pathname.slice(FILES_PATH.length));
  }
  try {
    await respond(context, url.searchParams.get("response_code") ?? "", await request.text());
    return success();
  } catch (error) {
    return errorResponse(error);
  }
}

/** One message to each response_url, within an hour; cards in one-to-one chats only. */
async function respond(context: AibotContext, code: string, written: string): Promise<void> {
  const asked = context.asked.get(code);
  if (asked === undefined || asked.answered || context.clock.now() - asked.at > LIFE_MS) {
    throw new WecomError(60140, "response_code is invalid, used or too old");
  }
  const body = parseFields(written);
  if (body === null) throw new WecomError(40058, "Warning: wrong json format.");
  const isGroup = context.world.chat(asked.chat)?.kind === "group";
  if (body.msgtype === "template_card" && isGroup) {
    throw new WecomError(40008, "template_card is for one-to-one chats here");
  }
  countMessage(context, asked.chat);
  showMessage(context, asked.chat, body);
  asked.answered = true;
}
