import type { Inbound, Outcome } from "../../src/core/message.ts";
import type { Channel } from "../../src/ports/channel.ts";

/** A bot that somebody pushes to: what it understood, and how a click shall end. */
type Listener = {
  readonly bot: Channel;
  readonly heard: Inbound[];
  readonly outcome: Outcome<string> | "pending";
};

/** Answer a vendor's push as the hub does: let the bot judge it, keep what it means, say what the vendor needs to hear. */
export async function overHttp(
  listener: Listener,
  request: Request,
  feed: string,
): Promise<Response> {
  const receipt = await listener.bot.receive(
    {
      method: request.method === "GET" ? "GET" : "POST",
      query: new URL(request.url).search.slice(1),
      headers: Object.fromEntries(request.headers.entries()),
      body: new Uint8Array(await request.arrayBuffer()),
    },
    feed,
  );
  if (receipt.type === "refused") return new Response(receipt.detail, { status: 403 });
  if (receipt.type === "handshake") return new Response(receipt.reply.body, receipt.reply);
  listener.heard.push(...receipt.items);
  const clicked = receipt.items.some((item) => item.type === "action");
  const reply = await receipt.reply(clicked ? listener.outcome : null);
  return new Response(reply.body, reply);
}
