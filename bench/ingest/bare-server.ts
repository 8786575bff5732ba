import { Buffer } from "node:buffer";
import { createDecipheriv, createHash, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { openSqlite } from "../../src/store/sqlite.ts";
import { announce, onStop } from "../support/announce.ts";
import { app } from "./desk.ts";

/*
 * The bare limit: what a push costs with nothing around it. Prove, decrypt, parse, and insert one row (or the four
 * that an answer needs at least) in the one transaction of this turn of the event loop, then answer.
 */

const [folder = "", rows = "one-row"] = process.argv.slice(2);
const db = openSqlite(join(folder, "bare.db")); // as the hub opens its own: WAL, synchronous=FULL
db.exec(
  "create table inbox (seq integer primary key, id text not null unique, body text not null, at integer not null);" +
    "create table events (seq integer primary key, stream text not null, data text not null, at integer not null);" +
    "create table conversations (stream text primary key, state text not null, last_at integer not null);" +
    "create table outbox (seq integer primary key, id text not null unique, lane text not null, payload text not null, due_at integer not null)",
);
const inbox = db.prepare(
  "insert into inbox (id, body, at) values (?, ?, ?) on conflict (id) do nothing",
);
const event = db.prepare("insert into events (stream, data, at) values (?, ?, ?)");
const conversation = db.prepare(
  "insert into conversations (stream, state, last_at) values (?, ?, ?) on conflict (stream) do update set state = excluded.state, last_at = excluded.last_at",
);
const outbox = db.prepare("insert into outbox (id, lane, payload, due_at) values (?, ?, ?, ?)");
const begin = db.prepare("begin immediate");
const commit = db.prepare("commit");

type Message = {
  readonly event: {
    readonly message: {
      readonly message_id: string;
      readonly chat_id: string;
      readonly content: string;
    };
  };
};
type Waiting = { readonly message: Message; readonly plain: string; reply(): void };

const aesKey = createHash("sha256").update(app.encryptKey).digest();
let waiting: Waiting[] = [];

function open(request: IncomingMessage, body: Buffer): { message: Message; plain: string } | null {
  const { headers } = request;
  const signed = `${headers["x-lark-request-timestamp"]}${headers["x-lark-request-nonce"]}${app.encryptKey}`;
  const expected = createHash("sha256").update(signed).update(body).digest();
  const signature = Buffer.from(String(headers["x-lark-signature"]), "hex");
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) return null;
  const { encrypt } = JSON.parse(body.toString()) as { encrypt: string };
  const bytes = Buffer.from(encrypt, "base64");
  const decipher = createDecipheriv("aes-256-cbc", aesKey, bytes.subarray(0, 16));
  const plain = decipher.update(bytes.subarray(16), undefined, "utf8") + decipher.final("utf8");
  return { message: JSON.parse(plain) as Message, plain };
}

function store({ message, plain }: Waiting): void {
  const { message_id: id, chat_id: chat, content } = message.event.message;
  const now = Date.now();
  inbox.run(id, plain, now);
  if (rows === "one-row") return;
  event.run(chat, content, now);
  conversation.run(chat, content, now);
  outbox.run(id, chat, content, now);
}

function flush(): void {
  const group = waiting;
  waiting = [];
  begin.run();
  for (const one of group) store(one);
  commit.run();
  for (const one of group) one.reply();
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const opened = open(request, Buffer.concat(chunks));
    const answer = (status: number): void => {
      response.writeHead(status, { "content-type": "application/json", "content-length": 2 });
      response.end("{}");
    };
    if (opened === null) return answer(401);
    if (waiting.length === 0) setImmediate(flush);
    waiting.push({ ...opened, reply: () => answer(200) });
  });
});
onStop(() => {
  server.closeAllConnections();
  db.close();
});
server.listen(0, "127.0.0.1", () => announce((server.address() as AddressInfo).port));
