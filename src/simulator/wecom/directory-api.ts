import { type Fields, textOf } from "../fields.ts";
import type { ApiCall } from "./api.ts";
import { findMember, type WecomContext } from "./context.ts";
import { success, WecomError } from "./wecom-error.ts";

/** `GET /cgi-bin/gettoken`: the same token as long as it lives. WeCom docs: 91039. */
export function issueToken(context: WecomContext, _body: Fields, call: ApiCall): Response {
  const corpId = call.url.searchParams.get("corpid") ?? "";
  const secret = call.url.searchParams.get("corpsecret") ?? "";
  if (corpId === "") throw new WecomError(41002, "corpid is missing");
  if (secret === "") throw new WecomError(41004, "corpsecret is missing");
  if (corpId !== context.app.corpId) throw new WecomError(40013, "invalid corpid");
  if (secret !== context.app.secret) throw new WecomError(40001, "invalid credential");
  const { token, expiresInMs } = context.tokens.issue();
  return success({ access_token: token, expires_in: Math.floor(expiresInMs / 1000) });
}

/** Refuse a call without a living token in its query. WeCom docs: 90313. */
export function checkToken(context: WecomContext, call: ApiCall): void {
  const token = call.url.searchParams.get("access_token") ?? "";
  if (token === "") throw new WecomError(41001, "access_token is missing");
  const state = context.tokens.check(token);
  if (state === "expired") throw new WecomError(42001, "access_token expired");
  if (state === "unknown") throw new WecomError(40014, "invalid access_token");
}

/** `GET /cgi-bin/user/get`: a member without phone or mail, which new apps no longer see. WeCom docs: 90196. */
export function getUser(context: WecomContext, _body: Fields, call: ApiCall): Response {
  const userid = call.url.searchParams.get("userid") ?? "";
  if (userid === "") throw new WecomError(41009, "userid is missing");
  const person = context.world.person(findMember(context, userid) ?? "");
  if (person === null) throw new WecomError(60111, "userid not found");
  const { id, name, title } = person;
  return success({ userid: id, name, position: title, department: [1], status: 1 });
}

/** `POST /cgi-bin/user/getuserid`: the member with a phone number. WeCom docs: 95402. */
export function getUserId(context: WecomContext, body: Fields): Response {
  const mobile = textOf(body, "mobile");
  if (!/^[\d+-]{5,32}$/.test(mobile)) throw new WecomError(60103, "invalid mobile");
  const found = Object.entries(context.mobiles).find(([, number]) => number === mobile);
  if (found === undefined) throw new WecomError(46004, "user not exist");
  return success({ userid: found[0] });
}
