import { type Fields, parseFields } from "../fields.ts";
import { sendToBoard } from "./board-api.ts";
import { createAndDeliver, registerCallback, updateCard } from "./card-api.ts";
import type { ApiCall, DingtalkContext } from "./context.ts";
import { sendDing } from "./ding-api.ts";
import { getUser, getUserByMobile } from "./directory-api.ts";
import { openConnection } from "./gateway-api.ts";
import { DOWNLOAD_PATH, download, findDownload, uploadMedia } from "./media-api.ts";
import { ApiRefusal, OldApiRefusal, refusalResponse } from "./refusal.ts";
import { sendBySession, sendToGroup, sendToPeople } from "./robot-api.ts";
import { checkHeaderToken, checkQueryToken, issueOldToken, issueToken } from "./token-api.ts";

type Handler = (
  context: DingtalkContext,
  body: Fields,
  call: ApiCall,
) => Response | Promise<Response>;

/** `header` is the v1.0 API with its token in a header, `query` the old one, `none` needs no token. */
type Route = { readonly token: "header" | "query" | "none"; readonly handle: Handler };

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ["POST /v1.0/oauth2/accessToken", { token: "none", handle: issueToken }],
  ["POST /v1.0/gateway/connections/open", { token: "none", handle: openConnection }],
  ["POST /v1.0/robot/oToMessages/batchSend", { token: "header", handle: sendToPeople }],
  ["POST /v1.0/robot/groupMessages/send", { token: "header", handle: sendToGroup }],
  ["POST /v1.0/robot/messageFiles/download", { token: "header", handle: findDownload }],
  ["POST /v1.0/robot/ding/send", { token: "header", handle: sendDing }],
  ["POST /v1.0/card/instances/createAndDeliver", { token: "header", handle: createAndDeliver }],
  ["PUT /v1.0/card/instances", { token: "header", handle: updateCard }],
  ["POST /v1.0/card/callbacks/register", { token: "header", handle: registerCallback }],
  ["GET /gettoken", { token: "none", handle: issueOldToken }],
  ["POST /robot/send", { token: "none", handle: sendToBoard }],
  ["POST /robot/sendBySession", { token: "none", handle: sendBySession }],
  ["POST /topapi/v2/user/get", { token: "query", handle: getUser }],
  ["POST /topapi/v2/user/getbymobile", { token: "query", handle: getUserByMobile }],
  ["POST /media/upload", { token: "query", handle: uploadMedia }],
]);

/** Answer one call of either DingTalk host: paths under /v1.0 are api.dingtalk.com, all others oapi.dingtalk.com. */
export function handleApi(context: DingtalkContext, request: Request): Promise<Response> {
  const call: ApiCall = { request, url: new URL(request.url) };
  return context.faults.around(
    request,
    () => answer(context, call),
    (status, code) => faultResponse(call.url.pathname, status, code),
  );
}

async function answer(context: DingtalkContext, call: ApiCall): Promise<Response> {
  const { pathname } = call.url;
  const { method } = call.request;
  if (method === "GET" && pathname.startsWith(DOWNLOAD_PATH)) return download(context, pathname);
  try {
    const route = ROUTES.get(`${method} ${pathname}`);
    if (route === undefined) {
      throw new ApiRefusal(404, "InvalidAction.NotFound", `there is no API ${method} ${pathname}`);
    }
    if (context.calls.take(pathname) > 0) throw tooFast(pathname);
    if (route.token === "header") checkHeaderToken(context, call);
    if (route.token === "query") checkQueryToken(context, call);
    return await route.handle(context, await readBody(call), call);
  } catch (error) {
    return refusalResponse(error, crypto.randomUUID());
  }
}

async function readBody(call: ApiCall): Promise<Fields> {
  const { request, url } = call;
  const type = request.headers.get("content-type") ?? "";
  if (request.method === "GET" || type.startsWith("multipart/form-data")) return {};
  const body = parseFields(await request.text());
  if (body !== null) return body;
  const found = "the body must be a JSON object";
  throw isNewApi(url.pathname)
    ? new ApiRefusal(400, "param.isNotJson", found)
    : new OldApiRefusal(40035, found);
}

/** DingTalk docs: call-frequency-limit. */
function tooFast(path: string): ApiRefusal | OldApiRefusal {
  const words = "calls of this API by this app are stopped for a moment";
  return isNewApi(path)
    ? new ApiRefusal(403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", words)
    : new OldApiRefusal(90018, words);
}

const FAULT_CODES: ReadonlyMap<number, string> = new Map([
  [400, "send.too.fast"],
  [401, "InvalidAuthentication"],
  [403, "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi"],
]);

function faultResponse(path: string, status: number, code: unknown): Response {
  const words = "a fault that was asked for";
  if (!isNewApi(path)) {
    return Response.json({ errcode: code ?? -1, errmsg: words }, { status });
  }
  const named = typeof code === "string" ? code : (FAULT_CODES.get(status) ?? "system.busy");
  return Response.json({ code: named, message: words }, { status });
}

function isNewApi(path: string): boolean {
  return path.startsWith("/v1.0/");
}
