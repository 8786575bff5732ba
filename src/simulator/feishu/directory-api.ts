import { Hono } from "hono";
import { FeishuError } from "./feishu-error.ts";
import { findPerson, type Identity, identify, isIdType } from "./identity.ts";
import { readBody, success } from "./requests.ts";
import type { JsonObject } from "./shape.ts";
import type { Feishu } from "./state.ts";

const MOST_ASKED = 50;

/** `/open-apis/contact/v3/users`. Feishu docs: contact-v3/user/get, batch_get_id. */
export function createDirectoryApi(feishu: Feishu): Hono {
  return new Hono()
    .post("/batch_get_id", async (c) => {
      const type = readIdType(c.req.query("user_id_type"));
      const body = await readBody(c);
      const found = [
        ...readAsked(body, "mobiles").map((value) => look(feishu, type, "mobile", value)),
        ...readAsked(body, "emails").map((value) => look(feishu, type, "email", value)),
      ];
      return success({ user_list: found });
    })
    .get("/:id", (c) => {
      const type = readIdType(c.req.query("user_id_type"));
      const openId = findPerson(feishu.world, type, c.req.param("id"));
      const person = openId === null ? null : feishu.world.person(openId);
      if (person === null) throw new FeishuError(41012, "user id invalid error");
      const contact = feishu.options.contacts?.[person.id] ?? {};
      const user = { ...identify(person.id), name: person.name, job_title: person.title };
      return success({ user: { ...user, ...contact } });
    });
}

/** `/open-apis/bot/v3/info`, whose answer has no `data`. Feishu docs: bot-v3/bot/get. */
export function botInfo(feishu: Feishu): Response {
  const bot = {
    activate_status: 2,
    app_name: feishu.bot.name,
    avatar_url: "",
    ip_white_list: [],
    open_id: feishu.bot.openId,
  };
  return Response.json({ code: 0, msg: "ok", bot });
}

function readIdType(type = "open_id"): keyof Identity {
  if (isIdType(type)) return type;
  throw new FeishuError(40001, "user_id_type must be open_id, union_id or user_id");
}

function readAsked(body: JsonObject, name: "mobiles" | "emails"): readonly string[] {
  const asked = body[name] ?? [];
  if (!Array.isArray(asked) || !asked.every((each) => typeof each === "string")) {
    throw new FeishuError(40001, `${name} must be a list of strings`);
  }
  if (asked.length > MOST_ASKED)
    throw new FeishuError(40001, `${name} can hold at most 50 entries`);
  return asked;
}

/** Somebody who is not found comes back without a user_id. */
function look(
  feishu: Feishu,
  type: keyof Identity,
  field: "mobile" | "email",
  value: string,
): JsonObject {
  const contacts = Object.entries(feishu.options.contacts ?? {});
  const found = contacts.find(([, contact]) => contact[field] === value);
  return found === undefined
    ? { [field]: value }
    : { [field]: value, user_id: identify(found[0])[type] };
}
