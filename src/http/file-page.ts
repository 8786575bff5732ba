import type { Context } from "hono";
import type { Hub } from "../app/hub.ts";
import { type Language, t } from "../core/text.ts";

const PAGES = {
  unknown: { status: 404, words: "file.unknown" },
  expired: { status: 410, words: "file.expired" },
  gone: { status: 410, words: "file.gone" },
  pending: { status: 503, words: "file.pending" },
} as const;

/** A page that says why there is no file, in the reader's language or else the hub's. */
export function filePage(c: Context, hub: Hub, why: keyof typeof PAGES): Response {
  const language = languageOf(c, hub.setup().policy.hub.locale);
  const words = hub.catalogs(language, new Map())(t(PAGES[why].words));
  const { name } = hub.setup().policy.hub;
  return new Response(page(language, escaped(name), escaped(words)), {
    status: PAGES[why].status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
      ...(why === "pending" ? { "retry-after": "5" } : {}),
    },
  });
}

function languageOf(c: Context, usual: Language): Language {
  const first = /^\s*([a-z]{2})/i.exec(c.req.header("accept-language") ?? "")?.[1]?.toLowerCase();
  if (first === undefined) return usual;
  return first === "zh" ? "zh-CN" : "en";
}

function page(language: Language, title: string, words: string): string {
  const style =
    "body{font:16px/1.6 system-ui,sans-serif;max-width:32em;margin:20vh auto;padding:0 1em;color:#222}";
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    `<meta name="viewport" content="width=device-width"><title>${title}</title>` +
    `<style>${style}</style></head><body><h1>${title}</h1><p>${words}</p></body></html>\n`
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  "<": "&lt;",
  ">": "&gt;",
  "&": "&amp;",
  '"': "&quot;",
};

function escaped(text: string): string {
  return text.replace(/[<>&"]/g, (each) => ENTITIES[each] ?? each);
}
