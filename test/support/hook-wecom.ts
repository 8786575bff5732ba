import { wecomDecrypt } from "../../src/wire/wecom-crypto.ts";
import { buildXml, type XmlContent } from "../../src/wire/xml.ts";
import { NOW } from "../contracts/channel-subject.ts";
import { AES_KEY, CORP, config, SECRET, TOKEN } from "../contracts/wecom-account.ts";
import { pushes } from "../contracts/wecom-pushes.ts";
import type { HookCase } from "./hook-case.ts";

function payload(from: string, inside: XmlContent): string {
  const head = { ToUserName: CORP, FromUserName: from, CreateTime: NOW / 1000 - 2 };
  return buildXml({ xml: { ...head, AgentID: 1000002, ...inside } });
}

async function opened(body: string): Promise<string> {
  const encrypt = /<Encrypt><!\[CDATA\[(.*?)\]\]><\/Encrypt>/.exec(body)?.[1];
  if (encrypt === undefined) return body;
  return (await wecomDecrypt({ encodingAesKey: AES_KEY, encrypt })).message;
}

let codes = 0;

function answer(path: string): object {
  if (path === "/cgi-bin/gettoken") {
    return { errcode: 0, access_token: "wecom-vendor-token", expires_in: 7200 };
  }
  codes += 1;
  return { errcode: 0, errmsg: "ok", msgid: `msg-${codes}`, response_code: `code-${codes}` };
}

/** A WeCom app: XML, everything on one feed, a card for each member. */
export const wecomCase: HookCase = {
  account: "wecom/stores",
  config,
  group: null,
  clerk: "ZhangSan",
  engineer: "lisi",
  messages: pushes,
  clicks: pushes,
  handshakes: pushes,
  say: ({ id, sender, text }) => payload(sender, { MsgType: "text", Content: text, MsgId: id }),
  press: ({ id, operator, action, cardId }) =>
    payload(operator, {
      MsgType: "event",
      Event: "template_card_event",
      EventKey: action,
      TaskId: cardId,
      CardType: "button_interaction",
      ResponseCode: `click-${id}`,
    }),
  shown: opened,
  vendor: (request) => Response.json(answer(new URL(request.url).pathname)),
  isUpdate: (request) => request.url.includes("/update_template_card"),
  secrets: [SECRET, TOKEN, AES_KEY, "wecom-vendor-token"],
};
