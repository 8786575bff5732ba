import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One message at the vendor, shown once, however often it was sent. */
export type VendorMessage = {
  readonly uuid: string;
  readonly remoteId: string;
  /** Where it was sent: a reply's path, or the receiver. */
  readonly to: string;
  /** What was sent under this uuid, try after try. Shown is the first. */
  readonly tries: readonly string[];
  /** What stands there now. */
  readonly shown: string;
};

export type RecordingVendor = {
  readonly url: string;
  messages(): readonly VendorMessage[];
  close(): Promise<void>;
};

type Kept = { uuid: string; remoteId: string; to: string; tries: string[]; shown: string };

/**
 * A Feishu that remembers: it honours `uuid` as Feishu does (the first message is given back and nothing new is shown),
 * lets cards be patched, and takes `latencyMs` for each answer. Feishu docs: im-v1/message/create, reply, patch.
 */
export async function startRecordingVendor(latencyMs: number): Promise<RecordingVendor> {
  const byUuid = new Map<string, Kept>();
  const byRemoteId = new Map<string, Kept>();

  function send(to: string, body: Body): object {
    const known = byUuid.get(body.uuid);
    if (known !== undefined) {
      known.tries.push(body.content);
      if (known.to !== to) return { code: 230001, msg: "the uuid was used for another receiver" };
      return { code: 0, data: { message_id: known.remoteId } };
    }
    const { uuid, content } = body;
    const remoteId = `om_sent_${byUuid.size}`;
    const kept = { uuid, remoteId, to, tries: [content], shown: content };
    byUuid.set(uuid, kept);
    byRemoteId.set(remoteId, kept);
    return { code: 0, data: { message_id: remoteId } };
  }

  function patch(remoteId: string, body: Body): object {
    const kept = byRemoteId.get(remoteId);
    if (kept === undefined) return { code: 230011, msg: "no such message" };
    kept.shown = body.content;
    return { code: 0 };
  }

  function answer(method: string, path: string, body: Body): object {
    if (path.endsWith("/tenant_access_token/internal")) {
      return { code: 0, tenant_access_token: "t-kill-test", expire: 7200 };
    }
    const [, id = "", verb = ""] = /\/im\/v1\/messages\/([^/?]+)(\/reply)?$/.exec(path) ?? [];
    if (method === "PATCH") return patch(id, body);
    return send(verb === "/reply" ? `reply to ${id}` : body.receive_id, body);
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = JSON.parse(await textOf(request)) as Body;
    const said = JSON.stringify(answer(request.method ?? "", request.url ?? "", body));
    setTimeout(() => {
      response.setHeader("content-type", "application/json");
      response.end(said);
    }, latencyMs);
  }

  const server = createServer(
    (request, response) => void handle(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    messages: () => [...byUuid.values()],
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

type Body = { readonly uuid: string; readonly content: string; readonly receive_id: string };

async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const chunk of request) text += chunk;
  return text;
}
