import { sameText } from "../../wire/bytes.ts";
import { randomNonce } from "../../wire/random.ts";
import { wecomDecrypt, wecomEncrypt, wecomSignature } from "../../wire/wecom-crypto.ts";
import { buildXml, parseXml, type XmlNode, xmlNodes, xmlText } from "../../wire/xml.ts";
import type { Push } from "../push.ts";
import type { WecomContext } from "./context.ts";

/**
 * A message or event as WeCom pushes it: encrypted XML, which any HTTP 200 acknowledges.
 *
 * `onReply` gets what stood in the body of the answer, decrypted; whatever it or the body does wrong goes to
 * `onProblem` and does not make the push fail. WeCom docs: 90238.
 */
export function callbackPush(
  context: WecomContext,
  url: string,
  xml: string,
  on: { readonly reply: (reply: XmlNode) => void; readonly problem: (words: string) => void },
): Push {
  const { app } = context;
  return {
    async build() {
      const encrypt = await seal(context, xml);
      const body = buildXml({
        xml: { ToUserName: app.corpId, AgentID: String(app.agentId), Encrypt: encrypt },
      });
      const signed = await signedUrl(context, url, encrypt);
      return { url: signed.toString(), headers: { "content-type": "text/xml" }, body };
    },
    async accepts(answer) {
      if (answer.status !== 200) return false;
      if (answer.body.trim() === "" || answer.body.trim() === "success") return true;
      try {
        on.reply(await openReply(context, answer.body));
      } catch (error) {
        on.problem(error instanceof Error ? error.message : "the answer is none that WeCom reads");
      }
      return true;
    },
  };
}

/** The GET that asks whether the URL is ours: the echostr must come back decrypted, within 1 s. WeCom docs: 90238. */
export function urlCheck(context: WecomContext, url: string): Push {
  const echo = randomNonce(19);
  return {
    async build() {
      const echostr = await seal(context, echo);
      const signed = await signedUrl(context, url, echostr);
      signed.searchParams.set("echostr", echostr);
      return { url: signed.toString(), method: "GET", headers: {}, body: "" };
    },
    accepts: (answer) => answer.status === 200 && answer.body === echo,
  };
}

function seal(context: WecomContext, message: string): Promise<string> {
  const { encodingAesKey, corpId } = context.app;
  return wecomEncrypt({ encodingAesKey, message, receiveId: corpId });
}

async function signedUrl(context: WecomContext, url: string, encrypt: string): Promise<URL> {
  const timestamp = String(Math.floor(context.clock.now() / 1000));
  const nonce = randomNonce(10);
  const { token } = context.app;
  const signed = new URL(url);
  const signature = await wecomSignature({ token, timestamp, nonce, encrypt });
  signed.searchParams.set("msg_signature", signature);
  signed.searchParams.set("timestamp", timestamp);
  signed.searchParams.set("nonce", nonce);
  return signed;
}

async function openReply(context: WecomContext, body: string): Promise<XmlNode> {
  const { token, encodingAesKey, corpId } = context.app;
  const envelope = root(body);
  const encrypt = xmlText(envelope, "Encrypt") ?? "";
  const timestamp = xmlText(envelope, "TimeStamp") ?? "";
  const nonce = xmlText(envelope, "Nonce") ?? "";
  const expected = await wecomSignature({ token, timestamp, nonce, encrypt });
  if (!sameText(xmlText(envelope, "MsgSignature") ?? "", expected)) {
    throw new Error("MsgSignature of the passive reply does not fit");
  }
  const { message, receiveId } = await wecomDecrypt({ encodingAesKey, encrypt });
  if (receiveId !== corpId) throw new Error("the passive reply is encrypted for another corp");
  return root(message);
}

function root(text: string): XmlNode {
  const node = xmlNodes(parseXml(text), "xml")[0];
  if (node === undefined) throw new Error("the root of a passive reply must be <xml>");
  return node;
}
