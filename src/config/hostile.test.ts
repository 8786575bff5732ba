// biome-ignore-all lint/suspicious/noTemplateCurlyInString: that is how the configuration names a variable
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, report, yaml } from "./bench.ts";

/** Each line ten times the one before. */
const BOMB = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
  .concat(
    [..."bcdefg"].map(
      (name, at) => `${name}: &${name} [${Array(10).fill(`*${"abcdef"[at]}`).join(", ")}]`,
    ),
  )
  .join("\n");

describe("a hostile configuration", () => {
  it("cannot blow up through aliases", async () => {
    expect(await report(BOMB)).toEqual([
      "loopdesk.yaml:1:1  aliases (*) expand too often; at most 100 times",
    ]);
  });

  it("cannot contain itself", async () => {
    const [line] = await report("hub: &h { name: *h }");
    expect(line).toMatch(/^loopdesk\.yaml:1:/);
  });

  it("cannot nest without end", async () => {
    for (const depth of [300, 1_000, 50_000]) {
      const lists = `hub: ${"[".repeat(depth)}${"]".repeat(depth)}`;
      const mappings = `hub: ${"{ a: ".repeat(depth)}1${" }".repeat(depth)}`;
      const deep = ["loopdesk.yaml:1:1  the file nests too deeply to be read"];
      expect(await report(lists)).toEqual(deep);
      expect(await report(mappings)).toEqual(deep);
    }
  });

  it("cannot be larger than 2 MB", async () => {
    expect(await report(`#${"x".repeat(2 * 1024 * 1024)}`)).toEqual([
      "loopdesk.yaml:1:1  the file has 2097153 bytes; at most 2097152 are read",
    ]);
  });

  it("cannot be in another encoding", async () => {
    expect(await report("hub: \uFFFD")).toEqual([
      "loopdesk.yaml:1:1  the file is not UTF-8; save it as UTF-8",
    ]);
  });

  it("cannot choose another YAML", async () => {
    expect(await report("%YAML 1.1\n---\nhub: yes")).toEqual([
      "loopdesk.yaml:1:1  only YAML 1.2 is read; take %YAML 1.1 out",
    ]);
  });

  it("cannot put lines of its own into a report", async () => {
    for (const line of await report(yaml('"a\\nb: c": 1'))) expect(line).not.toMatch(/[\r\n]/);
  });

  it("never makes the reader throw, whatever the text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary", maxLength: 200 }), async (text) => {
        expect((await parse(text)).ok).toBe(false);
      }),
    );
  }, 30_000);
});

describe("what comes from the environment", () => {
  const secret = "Kd9-Sesame Öffne:dich";

  it("is put into strings, and two dollars stand for one", async () => {
    const result = await parse(
      yaml('knowledge: [{ question: "a ${X} b", answer: "$${X} costs $5" }]'),
      { env: { X: "1" } },
    );
    expect(result.ok && result.config.knowledge[0]).toMatchObject({
      question: "a 1 b",
      answer: "${X} costs $5",
    });
  });

  it("is data, not YAML", async () => {
    const result = await parse(yaml('knowledge: [{ question: "${X}", answer: b }]'), {
      env: { X: "}]\nsla: ${Y} &a *a" },
    });
    expect(result.ok && result.config.knowledge[0]?.question).toBe("}]\nsla: ${Y} &a *a");
  });

  it("leaves keys, and the text that is kept, as they are", async () => {
    const text = yaml('knowledge: [{ question: "${X}", answer: b }]');
    const result = await parse(text, { env: { X: "1" } });
    expect(result.ok && result.yaml).toBe(text);
    expect(await report('"${X}": 1', { env: { X: "hub" } })).toContain(
      'loopdesk.yaml:1:1  ${X}: there is no key "${X}"; there is: hub, bots, channels, agents, stores, intents, knowledge, teams, dispatch, understanding, ticket, commands…'.replace(
        "${X}:",
        '["${X}"]:',
      ),
    );
  });

  it("takes no name from the language itself", async () => {
    expect(await report(yaml("stores: { from: '${constructor}' }"))).toEqual([
      "loopdesk.yaml:6:17  stores.from: the environment variable constructor is not set",
    ]);
  });

  it.each([
    ["where a condition is expected", "dispatch: [{ when: '${S}', team: supply }]"],
    ["inside a condition", "dispatch: [{ when: 'ticket.type == \"${S}\" && x', team: supply }]"],
    [
      "where a name is compared",
      "dispatch: [{ when: 'ticket.account == \"${S}\"', team: supply }]",
    ],
    ["where a team is named", "dispatch: [{ team: '${S}' }]"],
    ["where a file is named", "stores: { from: '${S}' }"],
    ["where a number is expected", "understanding: { answer: '${S}' }"],
    ["where a duration is expected", "ticket: { urge_every: '${S}' }"],
    [
      "where one of a few words is expected",
      "intents: { a: { title: A, keywords: [x], ticket: { priority: '${S}' } } }",
    ],
    [
      "in a sentence that stands twice",
      "knowledge: [{ question: '${S}', answer: a }, { question: '${S}', answer: b }]",
    ],
    [
      "in a store that stands twice",
      "stores: [{ id: '${S}', name: n }, { id: '${S}', name: m }, { id: x, name: 'M ' }]",
    ],
    ["through an alias", "ticket: { urge_every: &s '${S}', confirm_after: *s }"],
  ])("is never shown %s", async (_, more) => {
    const lines = await report(yaml(more), { env: { S: secret } });
    expect(lines.length).toBeGreaterThan(0);
    const told = lines.join("\n").toLowerCase();
    for (const piece of ["kd9", "sesame", "öffne", "dich"]) expect(told).not.toContain(piece);
  });

  it("is never shown, wherever it stands in a configuration of whatever shape", async () => {
    const keys = [
      "hub",
      "bots",
      "feishu",
      "hq",
      "app_secret",
      "agents",
      "li",
      "stores",
      "from",
      "intents",
      "teams",
      "dispatch",
      "when",
      "team",
      "ticket",
    ];
    const value = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom("${S}", "a${S}b", "x", "feishu/hq", "li"),
        fc.constantFrom(1, null, true),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie("node"), { maxKeys: 4 }),
      ),
    })).node;
    const document = fc.dictionary(fc.constantFrom(...keys), value, { minKeys: 1 });
    await fc.assert(
      fc.asyncProperty(document, async (made) => {
        const lines = await report(JSON.stringify(made), { env: { S: secret } });
        expect(lines.join("\n")).not.toContain("Sesame");
      }),
      { numRuns: 100 },
    );
  }, 30_000);

  it("is not needed to keep a secret that was written into the file itself", async () => {
    const text = yaml().replace("app_secret: sesame", "app_secret: sesame, aes_key: open-sesame");
    expect(await report(text)).toEqual([
      "loopdesk.yaml:2:67  bots.feishu.hq.aes_key: (not shown) is not right (expected 43 letters and digits)",
    ]);
  });
});
