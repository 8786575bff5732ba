import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { formatProblem } from "../../src/config/problem.ts";
import { readConfiguration } from "../../src/configure.ts";
import { ROOT } from "./sandbox.ts";

type Block = { readonly language: string; readonly text: string };

const FENCE = /^```(\w*)\n([\s\S]*?)^```$/gm;
const LINK = /\]\(([^()\s]+)\)/g;
const CHINESE = ".zh-CN.md";

const pages = listPages();
const translated = pages.filter((page) => page.endsWith(CHINESE));
/** All but the reference of the configuration, whose samples src/config/docs.test.ts holds to the schema. */
const guides = pages.filter((page) => !page.startsWith("docs/configuration."));

function listPages(): string[] {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"];
  const out = execFileSync("git", list, { cwd: ROOT, encoding: "utf8" });
  return out.split("\0").filter((path) => path !== "" && existsSync(join(ROOT, path)));
}

function read(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

function blocksOf(page: string): Block[] {
  return [...read(page).matchAll(FENCE)].map(([, language = "", text = ""]) => ({
    language,
    text,
  }));
}

function headingsOf(page: string): string[] {
  return (
    read(page)
      .replaceAll(FENCE, "")
      .match(/^#+ .+$/gm) ?? []
  );
}

/** The anchor that GitHub gives to a heading. */
function anchorOf(heading: string): string {
  const words = heading.replace(/^#+ /, "").toLowerCase();
  return words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-");
}

function linksOf(page: string): string[] {
  const found = [...read(page).replaceAll(FENCE, "").matchAll(LINK)].map(([, link = ""]) => link);
  return found.filter((link) => !/^[a-z]+:/.test(link));
}

/** Does a link of this page lead to a file or folder, and to a heading in it where it names one? */
function resolves(page: string, link: string): boolean {
  const [path = "", anchor] = decodeURIComponent(link).split("#");
  const target = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(ROOT, target))) return false;
  return anchor === undefined || headingsOf(target).map(anchorOf).includes(anchor);
}

/** Comments are words, and pictures and messages are made of them: they differ between languages. */
function codeOf({ language, text }: Block): Block {
  if (language === "" || language === "text") return { language, text: "" };
  return { language, text: text.replaceAll(/(^|\s+)# .*$/gm, "") };
}

describe("the pages of the documentation", () => {
  it("are looked at: the README and a decision are among them", () => {
    expect(pages).toContain("README.md");
    expect(pages).toContain("docs/decisions/0001-derived-ids.md");
  });

  it.each(pages)("%s links to nothing that is not there", (page) => {
    expect(linksOf(page).filter((link) => !resolves(page, link))).toEqual([]);
  });

  it.each(["README.md", "README.zh-CN.md"])("%s has its two commands before line 30", (page) => {
    const top = read(page).split("\n").slice(0, 29).join("\n");
    expect(top).toContain("npm ci && npm start");
    expect(top).toContain("npm ci && npm test");
  });
});

describe("a page in two languages", () => {
  it("is looked at: the README is one", () => {
    expect(translated).toContain("README.zh-CN.md");
  });

  it.each(translated)("%s has the headings of its English twin", (page) => {
    const depths = (of: string) => headingsOf(of).map((heading) => heading.indexOf(" "));
    expect(depths(page)).toEqual(depths(page.replace(CHINESE, ".md")));
  });

  const guided = translated.filter((page) => guides.includes(page));
  it.each(guided)("%s has the code blocks of its English twin", (page) => {
    const twin = page.replace(CHINESE, ".md");
    expect(blocksOf(page).map(codeOf)).toEqual(blocksOf(twin).map(codeOf));
  });
});

describe("configuration in the documentation", () => {
  const samples = guides.flatMap((page) =>
    blocksOf(page).flatMap(({ language, text }, at) =>
      language === "yaml" ? [{ name: `${page}, block ${at + 1}`, page, text }] : [],
    ),
  );

  it("is looked at: each bot's page has some", () => {
    const shown = samples.map(({ page }) => page);
    for (const bot of ["feishu", "dingtalk", "wecom"]) expect(shown).toContain(`docs/${bot}.md`);
  });

  it.each(samples)("is taken by the hub as it stands: $name", async ({ page, text }) => {
    const yaml = completed(page, text);
    const file = "loopdesk.yaml";
    const result = await readConfiguration({ file, env: envFor(yaml), read: async () => yaml });
    expect(result.ok ? [] : result.problems.map((found) => formatProblem(found, "en"))).toEqual([]);
  });

  /** A sample shows a part; what it names elsewhere on its page stands beside it. */
  function completed(page: string, text: string): string {
    const accounts = samples.find((sample) => sample.page === page && /^bots:/m.test(sample.text));
    const bare = {
      hub: { name: "Desk", public_url: "https://your-host" },
      teams: { desk: { name: "Desk" } },
    };
    return stringify({ ...bare, ...parse(accounts?.text ?? ""), ...parse(text) });
  }
});

/** A value of the right form for every variable that a configuration names. */
function envFor(yaml: string): Record<string, string> {
  const names = [...yaml.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
  return Object.fromEntries(names.map((name) => [name, valueFor(name)]));
}

function valueFor(name: string): string {
  if (name.includes("AGENT_ID")) return "1000002";
  return "a".repeat(name.includes("AES") ? 43 : 32);
}
