/** For a file of each folder: what it may import, and what it must not. A specifier is written as in the file. */
export type ImportSample = {
  readonly file: string;
  readonly may: readonly string[];
  readonly mayNot: readonly string[];
};

export const IMPORT_SAMPLES: readonly ImportSample[] = [
  {
    file: "src/core/sample.ts",
    may: ["./id.ts", "./ticket/decide.ts", "zod", "@noble/hashes/sha2.js", "@marcbachmann/cel-js"],
    mayNot: ["../ports/clock.ts", "../wire/hmac.ts", "node:fs", "hono", "drizzle-orm"],
  },
  {
    file: "src/core/ticket/sample.ts",
    may: ["./decide.ts", "../id.ts", "../sla/clock.ts", "zod"],
    mayNot: ["../../ports/clock.ts", "../../app/pump.ts", "node:crypto", "hono"],
  },
  {
    file: "src/core/ticket/deep/sample.ts",
    may: ["./near.ts", "../decide.ts"],
    mayNot: ["../../../ports/clock.ts", "../../../store/d1.ts", "node:fs"],
  },
  {
    file: "src/ports/sample.ts",
    may: ["./clock.ts", "../core/card.ts", "../core/ticket/ticket.ts"],
    mayNot: ["../wire/hmac.ts", "../app/pump.ts", "zod", "node:fs"],
  },
  {
    file: "src/app/sample.ts",
    may: ["./pump.ts", "../core/step.ts", "../core/ticket/decide.ts", "../ports/store.ts"],
    mayNot: ["../store/sqlite.ts", "../bots/feishu/send.ts", "../wire/hmac.ts", "hono", "node:fs"],
  },
  {
    file: "src/app/part/sample.ts",
    may: ["../pump.ts", "../../core/step.ts", "../../ports/store.ts"],
    mayNot: ["../../store/sqlite.ts", "../../http/routes.ts", "drizzle-orm"],
  },
  {
    file: "src/bots/feishu/sample.ts",
    may: [
      "./send.ts",
      "./part/send.ts",
      "../../ports/channel.ts",
      "../../wire/hmac.ts",
      "../../core/message.ts",
      "../../core/card.ts",
      "../../core/card-abilities.ts",
      "../../core/fit-card.ts",
      "../../core/markdown.ts",
      "zod",
    ],
    mayNot: [
      "../dingtalk/send.ts",
      "../../channels/web/web.ts",
      "../../core/step.ts",
      "../../core/ticket/ticket.ts",
      "../../app/pump.ts",
      "../../store/d1.ts",
      "../../simulator/world.ts",
      "node:crypto",
      "hono",
    ],
  },
  {
    file: "src/bots/wecom/aibot/sample.ts",
    may: [
      "./send.ts",
      "../render.ts",
      "../../../ports/channel.ts",
      "../../../wire/hmac.ts",
      "../../../core/message.ts",
      "../../../core/card.ts",
      "zod",
    ],
    mayNot: [
      "../../dingtalk/send.ts",
      "../../../core/step.ts",
      "../../../app/pump.ts",
      "../../../simulator/world.ts",
      "node:crypto",
    ],
  },
  {
    file: "src/channels/web/sample.ts",
    may: ["./web.ts", "../../ports/channel.ts", "../../core/card.ts", "zod"],
    mayNot: ["../telephony/menu.ts", "../../bots/feishu/send.ts", "../../app/pump.ts", "hono"],
  },
  {
    file: "src/wire/sample.ts",
    may: ["./bytes.ts"],
    mayNot: ["../core/id.ts", "../ports/clock.ts", "fast-xml-parser", "node:crypto", "zod"],
  },
  {
    file: "src/wire/xml.ts",
    may: ["./bytes.ts", "fast-xml-parser"],
    mayNot: ["../core/id.ts", "node:crypto"],
  },
  {
    file: "src/store/sample.ts",
    may: [
      "./schema.ts",
      "../core/step.ts",
      "../ports/store.ts",
      "drizzle-orm/d1",
      "better-sqlite3",
      "node:fs",
    ],
    mayNot: ["../queue/in-process.ts", "../config/read.ts", "../app/pump.ts", "hono"],
  },
  {
    file: "src/blobs/sample.ts",
    may: ["./folder.ts", "../core/id.ts", "../ports/blobs.ts", "node:fs/promises", "aws4fetch"],
    mayNot: ["../store/d1.ts", "../app/pump.ts", "../wire/hmac.ts", "hono"],
  },
  {
    file: "src/queue/sample.ts",
    may: ["./in-process.ts", "../core/id.ts", "../ports/queue.ts"],
    mayNot: ["../store/d1.ts", "../app/pump.ts", "drizzle-orm"],
  },
  {
    file: "src/config/sample.ts",
    may: ["./read.ts", "../core/config/policy.ts", "yaml", "csv-parse/sync", "zod", "node:fs"],
    mayNot: ["../store/d1.ts", "../queue/in-process.ts", "../http/routes.ts", "hono"],
  },
  {
    file: "src/http/sample.ts",
    may: [
      "./routes.ts",
      "../app/hub.ts",
      "../ports/store.ts",
      "../core/card.ts",
      "hono/cors",
      "zod",
    ],
    mayNot: ["../store/d1.ts", "../bots/feishu/send.ts", "../simulator/world.ts", "drizzle-orm"],
  },
  {
    file: "src/http/api/sample.ts",
    may: ["../routes.ts", "../../app/hub.ts", "../../core/ticket/ticket.ts", "hono"],
    mayNot: ["../../store/d1.ts", "../../wire/hmac.ts", "node:fs"],
  },
  {
    file: "src/locales/sample.ts",
    may: ["./en.ts", "./en/card.ts", "../core/text.ts"],
    mayNot: ["../app/hub.ts", "../bots/feishu/send.ts", "node:fs"],
  },
  {
    file: "src/locales/en/sample.ts",
    may: ["../catalog.ts"],
    mayNot: ["./card.ts", "../../core/text.ts", "../../app/hub.ts", "node:fs"],
  },
  {
    file: "src/simulator/sample.ts",
    may: ["./world.ts", "./feishu/state.ts", "../wire/hmac.ts", "../locales/en.ts", "hono", "zod"],
    mayNot: ["../bots/feishu/send.ts", "../core/card.ts", "../ports/channel.ts", "../app/pump.ts"],
  },
  {
    file: "src/simulator/feishu/sample.ts",
    may: ["./state.ts", "../world.ts", "../../wire/hmac.ts", "hono"],
    mayNot: ["../../bots/feishu/send.ts", "../../channels/web/web.ts", "../../core/card.ts"],
  },
  {
    file: "src/simulator/wecom/aibot/sample.ts",
    may: ["./context.ts", "../cards.ts", "../../world.ts", "../../../wire/hmac.ts"],
    mayNot: ["../../feishu/state.ts", "../../../bots/wecom/send.ts", "../../../core/card.ts"],
  },
  {
    file: "src/cli/sample.ts",
    may: ["../node.ts", "../store/sqlite.ts", "../bots/feishu/send.ts", "commander", "node:fs"],
    mayNot: [],
  },
  {
    file: "console/src/sample.ts",
    may: ["react", "./api/http.ts"],
    mayNot: ["node:fs"],
  },
];
