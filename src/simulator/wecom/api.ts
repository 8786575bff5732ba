import { type Fields, parseFields } from "../fields.ts";
import { BOARD_PATH, sendToBoard } from "./board-api.ts";
import { callMembers } from "./call-api.ts";
import type { WecomContext } from "./context.ts";
import { checkToken, getUser, getUserId, getUserIdByEmail, issueToken } from "./directory-api.ts";
import { getMedia, uploadMedia } from "./media-api.ts";
import { recallMessage, sendMessage } from "./send-api.ts";
import { updateTemplateCard } from "./update-api.ts";
import { errorResponse, WecomError } from "./wecom-error.ts";

/** One call of the open platform. */
export type ApiCall = { readonly request: Request; readonly url: URL };

type Handler = (context: WecomContext, body: Fields, call: ApiCall) => Response | Promise<Response>;

const TOKEN_PATH = "/cgi-bin/gettoken";

/** Calls that need no token. */
const OPEN: ReadonlySet<string> = new Set([TOKEN_PATH, BOARD_PATH]);

const ROUTES: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  [`GET ${TOKEN_PATH}`, issueToken],
  ["POST /cgi-bin/message/send", sendMessage],
  ["POST /cgi-bin/message/recall", recallMessage],
  ["POST /cgi-bin/message/update_template_card", updateTemplateCard],
  [`POST ${BOARD_PATH}`, (context, body, { url }) => sendToBoard(context, body, url)],
  ["GET /cgi-bin/user/get", getUser],
  ["POST /cgi-bin/user/getuserid", getUserId],
  ["POST /cgi-bin/user/get_userid_by_email", getUserIdByEmail],
  ["POST /cgi-bin/pstncc/call", callMembers],
  ["POST /cgi-bin/media/upload", uploadMedia],
  ["GET /cgi-bin/media/get", getMedia],
]);

/** Answer one call of qyapi.weixin.qq.com: HTTP 200 whatever the outcome. */
export function handleApi(context: WecomContext, request: Request): Promise<Response> {
  const call: ApiCall = { request, url: new URL(request.url) };
  return context.faults.around(
    request,
    () => answer(context, call),
    (status, code) =>
      Response.json({ errcode: code ?? -1, errmsg: "a fault that was asked for" }, { status }),
  );
}

async function answer(context: WecomContext, call: ApiCall): Promise<Response> {
  const { pathname } = call.url;
  const handle = ROUTES.get(`${call.request.method} ${pathname}`);
  if (handle === undefined) return new Response("404 page not found", { status: 404 });
  try {
    if (context.calls.take(pathname) > 0) throw new WecomError(45009, "api freq out of limit");
    if (!OPEN.has(pathname)) checkToken(context, call);
    return await handle(context, await readBody(call.request), call);
  } catch (error) {
    return errorResponse(error);
  }
}

async function readBody(request: Request): Promise<Fields> {
  const type = request.headers.get("content-type") ?? "";
  if (request.method === "GET" || type.startsWith("multipart/form-data")) return {};
  const body = parseFields(await request.text());
  if (body === null) throw new WecomError(40058, "Warning: wrong json format.");
  return body;
}
