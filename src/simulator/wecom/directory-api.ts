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

const DAY_MS = 86_400_000;
/** The company has more people than its tool shows here. */
const HEAD_COUNT = 100;

/**
 * `POST /cgi-bin/user/getuserid`: the member with a phone number. Wrong numbers above a fifth of the head count shut the
 * caller out for a day; with which code is not documented, 45009 is a guess. WeCom docs: 95402.
 */
export function getUserId(context: WecomContext, body: Fields): Response {
  const { wrongNumbers, world } = context;
  const now = context.clock.now();
  if (now < wrongNumbers.blockedUntil) throw new WecomError(45009, "api freq out of limit");
  const mobile = textOf(body, "mobile");
  if (!/^[\d+-]{5,32}$/.test(mobile)) throw new WecomError(60103, "invalid mobile");
  const found = Object.entries(context.mobiles).find(([, number]) => number === mobile);
  if (found !== undefined) return success({ userid: found[0] });
  wrongNumbers.count += 1;
  if (wrongNumbers.count > Math.max(HEAD_COUNT, world.view("wecom").people.length) / 5) {
    wrongNumbers.count = 0;
    wrongNumbers.blockedUntil = now + DAY_MS;
  }
  throw new WecomError(46004, "user not exist");
}

/** `POST /cgi-bin/user/get_userid_by_email`: the member with an address, by default one of the company. WeCom docs: get_userid_by_email. */
export function getUserIdByEmail(context: WecomContext, body: Fields): Response {
  const email = textOf(body, "email").toLowerCase();
  const found = Object.entries(context.emails).find(([, address]) => address === email);
  if (found === undefined) throw new WecomError(46004, "user not exist");
  return success({ userid: found[0] });
}
