// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the configuration names a variable
import { describe, expect, it } from "vitest";
import { report, yaml } from "./bench.ts";

/** What was written after the five lines of `yaml()`, and what the admin reads. */
const SAMPLES: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "a mistyped section",
    "ticket_: {}",
    ['6:1  ticket_: there is no key "ticket_"; did you mean "ticket"?'],
  ],
  [
    "a key like no other",
    "zzzzzz: 1",
    [
      '6:1  zzzzzz: there is no key "zzzzzz"; there is: hub, bots, channels, agents, stores, intents, knowledge, teams, dispatch, understanding, ticket, commands…',
    ],
  ],
  [
    "a section of a later version",
    "sla: []",
    ['6:1  sla: "sla" is not in this version yet; take it out'],
  ],
  [
    "a channel of a later version",
    "channels: { telephony: {} }",
    ['6:13  channels.telephony: "telephony" is not in this version yet; take it out'],
  ],
  [
    "an unknown channel",
    "channels: { weeb: {} }",
    ['6:13  channels.weeb: there is no key "weeb"; did you mean "web"?'],
  ],
  [
    "an account without its secret",
    "channels:\n  web:\n    shop: {}",
    ['8:5  channels.web.shop.secret: "secret" is missing; it must be text'],
  ],
  [
    "an account's bad name",
    "channels: { web: { Shop: { secret: s } } }",
    [
      '6:20  channels.web.Shop: "Shop" cannot be a name: begin with a small letter and use small letters, digits, "-" and "_", 32 at most',
    ],
  ],
  [
    "a bad duration",
    "ticket:\n  confirm_after: 3 days",
    [
      '7:18  ticket.confirm_after: "3 days" is no length of time; write a whole number and s, m, h or d, as in 15m',
    ],
  ],
  [
    "a duration without a unit",
    "ticket: { urge_every: 15 }",
    [
      "6:23  ticket.urge_every: 15 is no length of time; write a whole number and s, m, h or d, as in 15m",
    ],
  ],
  [
    "a threshold above 1",
    "understanding: { answer: 1.5 }",
    ["6:26  understanding.answer: must be at most 1, but is 1.5"],
  ],
  [
    "a threshold below 0",
    "understanding: { clarify: -1 }",
    ["6:27  understanding.clarify: must be at least 0, but is -1"],
  ],
  [
    "thresholds out of order",
    "understanding: { answer: 0.4, clarify: 0.5 }",
    ["6:40  understanding.clarify: clarify (0.5) must not be above answer (0.4)"],
  ],
  ["an empty section", "knowledge:", ["6:1  knowledge: must be a list, but is empty"]],
  ["a list for a mapping", "intents: [a]", ["6:1  intents: must be a mapping, but is a list"]],
  ["stores of no kind", "stores: 5", ["6:9  stores: must be a mapping or a list, but is 5"]],
  [
    "stores from a mistyped key",
    "stores: { form: a.csv }",
    [
      '6:1  stores.from: "from" is missing; it must be text',
      '6:11  stores.form: there is no key "form"; did you mean "from"?',
    ],
  ],
  [
    "a store without a name",
    "stores:\n  - { id: S1 }",
    ['7:5  stores[0].name: "name" is missing; it must be text'],
  ],
  [
    "an intent that nothing means",
    "intents:\n  a: { title: A }",
    ['7:3  intents.a: needs at least one of "examples" or "keywords", or nothing ever means it'],
  ],
  [
    "a required field without a question",
    "intents: { a: { title: A, keywords: [x], fields: { f: { required: true } } } }",
    ['6:52  intents.a.fields.f: a required field needs "ask": the question that asks for it'],
  ],
  [
    "an unknown priority",
    "intents: { a: { title: A, keywords: [x], ticket: { priority: hihg } } }",
    ['6:62  intents.a.ticket.priority: cannot be "hihg"; did you mean "high"?'],
  ],
  [
    "an empty title",
    'intents: { a: { title: " ", keywords: [x] } }',
    ["6:24  intents.a.title: must not be empty"],
  ],
  [
    "a question too long",
    `knowledge: [{ question: ${"a".repeat(501)}, answer: b }]`,
    ["6:25  knowledge[0].question: the text is too long; at most 500 characters"],
  ],
  [
    "one sentence for two intents",
    "intents:\n  a: { title: A, examples: [No ice!] }\n  b: { title: B, examples: [x, no  ice] }",
    ['8:32  intents.b.examples[1]: "no  ice" says the same as intents.a.examples[0] (line 7)'],
  ],
  [
    "two fields of one label",
    "intents: { a: { title: A, keywords: [x], fields: { f: { label: F }, F2: {}, g: { label: F } } } }",
    [
      '6:69  intents.a.fields.F2: "F2" cannot be a name: begin with a small letter and use small letters, digits, "-" and "_", 32 at most',
    ],
  ],
  [
    "two articles of one id",
    "knowledge:\n  - { id: a, question: q, answer: x }\n  - { id: a, question: r, answer: y }",
    ["8:11  knowledge[1].id: has the same id as knowledge[0] (line 7)"],
  ],
  [
    "a rule for no team",
    "dispatch:\n  - { team: suply }",
    ['7:13  dispatch[0].team: there is no team "suply"; did you mean "supply"?'],
  ],
  [
    "a rule after the catch-all",
    "dispatch:\n  - team: supply\n  - { when: 'ticket.priority == \"low\"', team: supply }",
    ["8:5  dispatch[1]: is never reached: dispatch[0] (line 7) takes every ticket"],
  ],
  [
    "a condition with an unknown fact",
    "dispatch: [{ when: 'tickt.type == \"a\"', team: supply }]",
    ['6:21  dispatch[0].when: conditions know no "tickt"; did you mean "ticket"?'],
  ],
  [
    "a condition with an unknown field",
    "dispatch:\n  - when: ticket.priority == 'low' && store.regoin == 'x'\n    team: supply",
    ['7:45  dispatch[0].when: conditions know no "regoin"; did you mean "region"?'],
  ],
  [
    "a condition that compares unlike things",
    "dispatch: [{ when: store.region > 3, team: supply }]",
    ["6:20  dispatch[0].when: the condition makes no sense: no such overload: string > int"],
  ],
  [
    "a condition that ends early",
    "dispatch: [{ when: 'ticket.type ==', team: supply }]",
    ["6:35  dispatch[0].when: the condition cannot be read: Unexpected token: EOF"],
  ],
  [
    "a condition that is none",
    "dispatch: [{ when: ticket.type, team: supply }]",
    ["6:20  dispatch[0].when: the condition must be true or false, but is of type string"],
  ],
  [
    "a condition that can never hold",
    "dispatch: [{ when: 'ticket.priority == \"hihg\"', team: supply }]",
    ['6:40  dispatch[0].when: ticket.priority is never "hihg"; did you mean "high"?'],
  ],
  [
    "a key written twice",
    "ticket: {}\nticket: {}",
    ['7:1  the key "ticket" is written twice; keep one of them'],
  ],
  ["a tab", "ticket:\n\turge_every: 5m", ["7:1  tabs cannot indent YAML; use spaces"]],
  [
    "a second document",
    "---\nhub: {}",
    ["6:1  the file holds several YAML documents (---); only one is read"],
  ],
  ["an alias of nothing", "ticket: *t", ["6:9  the alias *t has no &t before it"]],
  ["a tag", "ticket: !secret x", ["6:9  the YAML tag !secret is not supported; take it out"]],
  ["a key that is no text", "? [a, b]\n: c", ["6:3  a key must be plain text"]],
  [
    "a key that no object can hold",
    "intents: { __proto__: { title: A } }",
    ["6:12  a key must be plain text"],
  ],
  [
    "an unset variable",
    'hub2: "${NOWHERE}"',
    [
      '6:1  hub2: there is no key "hub2"; did you mean "hub"?',
      "6:7  hub2: the environment variable NOWHERE is not set",
    ],
  ],
  [
    "braces without a name",
    'stores: { from: "${not a name}" }',
    [
      '6:17  stores.from: the braces after "$" must hold the name of a variable, such as FEISHU_APP_ID; to write "$" and a brace themselves, double the "$"',
    ],
  ],
  [
    "a directory that is not there",
    "stores: { from: stores.csv }",
    ["6:17  stores.from: the file stores.csv cannot be read (ENOENT)"],
  ],
];

describe("a broken configuration", () => {
  it.each([
    [
      "calendar: office",
      '3:42  agents.li.calendar: "calendar" is not in this version yet; take it out',
    ],
    ["skills: [cold]", '3:42  agents.li.skills: "skills" is not in this version yet; take it out'],
    [
      "fieshu: ou_x",
      '3:42  agents.li.fieshu: there is no channel "fieshu"; did you mean "feishu"?',
    ],
    ["wecom: 0123", "3:49  agents.li.wecom: must be text (put quotes around it), but is 0123"],
    ["role: agnt", '3:48  agents.li.role: cannot be "agnt"; did you mean "agent"?'],
  ])("names an agent's %s", async (key, line) => {
    expect(await report(yaml().replace("feishu: ou_li", `feishu: ou_li, ${key}`))).toEqual([
      `loopdesk.yaml:${line}`,
    ]);
  });

  it.each([
    [
      "transport: websocket",
      '2:69  bots.feishu.hq.transport: cannot be "websocket"; there is: webhook',
    ],
    [
      "gateway: wss://x",
      '2:58  bots.feishu.hq.gateway: there is no key "gateway"; there is: app_id, app_secret, aes_key, token, api_base, transport, stale_after_s, enabled',
    ],
    [
      "ap_base: x",
      '2:58  bots.feishu.hq.ap_base: there is no key "ap_base"; did you mean "api_base"?',
    ],
    ["stale_after_s: soon", '2:73  bots.feishu.hq.stale_after_s: must be a number, but is "soon"'],
    [
      "aes_key: short",
      "2:67  bots.feishu.hq.aes_key: (not shown) is not right (expected 43 letters and digits)",
    ],
    [
      "token: x",
      "2:19  bots.feishu.hq.aes_key: aes_key and token belong together: set aes_key too",
    ],
  ])("names an account's %s", async (key, line) => {
    expect(
      await report(yaml().replace("app_secret: sesame", `app_secret: sesame, ${key}`)),
    ).toEqual([`loopdesk.yaml:${line}`]);
  });

  it.each([
    ["kind: bot", '2:29  bots.wecom.a.kind: cannot be "bot"; there is: app'],
    ["agent_id: x1", '2:33  bots.wecom.a.agent_id: "x1" is not right (expected digits)'],
    ["agent_id: true", "2:33  bots.wecom.a.agent_id: must be a number or text, but is true"],
  ])("names another account's %s", async (key, line) => {
    const bots = yaml().replace(
      "bots: {",
      `bots: { wecom: { a: { ${key}${key.startsWith("kind") ? ", agent_id: 1" : ""} } },`,
    );
    expect(await report(bots)).toEqual([`loopdesk.yaml:${line}`]);
  });

  it.each(SAMPLES)("names the place and the remedy of %s", async (_, more, lines) => {
    expect(await report(yaml(more))).toEqual(lines.map((line) => `loopdesk.yaml:${line}`));
  });

  it("speaks Chinese too", async () => {
    expect(await report(yaml("ticket_: {}\ndispatch: [{ team: suply }]"), {}, "zh-CN")).toEqual([
      "loopdesk.yaml:6:1  ticket_: 没有“ticket_”这个键，是不是“ticket”？",
    ]);
    expect(await report(yaml("dispatch: [{ team: suply }]"), {}, "zh-CN")).toEqual([
      "loopdesk.yaml:6:20  dispatch[0].team: 没有“suply”这个团队，是不是“supply”？",
    ]);
  });

  it("may be empty, or no YAML at all", async () => {
    expect(await report("")).toEqual(["loopdesk.yaml:1:1  must be a mapping, but is empty"]);
    expect(await report("just words")).toEqual([
      'loopdesk.yaml:1:1  must be a mapping, but is "just words"',
    ]);
  });
});
