import { base64, utf8 } from "../../wire/bytes.ts";
import { type Fields, textOf } from "../fields.ts";
import type { ToolPerson } from "../tool.ts";
import type { DingtalkContext } from "./context.ts";
import { OldApiRefusal } from "./refusal.ts";

/** `POST /topapi/v2/user/get`: what the directory says of a userid. DingTalk docs: query-user-details. */
export function getUser(context: DingtalkContext, body: Fields): Response {
  const userid = textOf(body, "userid");
  if (userid === "") throw new OldApiRefusal(400002, "无效的参数");
  const person = context.world.person(userid);
  if (person === null) throw new OldApiRefusal(60121, "找不到该用户");
  return Response.json({ errcode: 0, errmsg: "ok", result: describe(context, person) });
}

function describe(context: DingtalkContext, person: ToolPerson) {
  const mobile = context.mobiles[person.id];
  return {
    userid: person.id,
    unionid: unionId(person.id),
    name: person.name,
    title: person.title,
    active: true,
    dept_id_list: [1],
    ...(mobile === undefined ? {} : { mobile, state_code: "86" }),
  };
}

/** `POST /topapi/v2/user/getbymobile`: the userid of a phone number. DingTalk docs: query-users-by-phone-number. */
export function getUserByMobile(context: DingtalkContext, body: Fields): Response {
  const mobile = textOf(body, "mobile");
  if (mobile === "") throw new OldApiRefusal(400002, "无效的参数");
  if (!/^\+?[\d-]{6,20}$/.test(mobile)) throw new OldApiRefusal(40104, "企业中无效的手机号");
  const found = Object.entries(context.mobiles).find(([, number]) => number === mobile);
  if (found === undefined || context.left.has(found[0]))
    throw new OldApiRefusal(60121, "未找到该用户");
  return Response.json({ errcode: 0, errmsg: "ok", result: { userid: found[0] } });
}

/** The id of a person that is the same for all apps of one developer. */
export function unionId(person: string): string {
  return `union${base64(utf8(person)).replaceAll("=", "")}`;
}

/** The opaque id under which DingTalk shows a sender or the robot in a message. */
export function opaqueId(id: string): string {
  return `$:LWCP_v1:$${base64(utf8(id))}`;
}
