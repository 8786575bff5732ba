import { type Context, Hono } from "hono";
import {
  type Acted,
  actByLink,
  type Filled,
  type LinkPage,
  lookAtLink,
} from "../app/act-by-link.ts";
import type { Hub } from "../app/hub.ts";
import { type Language, type Say, t } from "../core/text.ts";
import { actForm, actPage, heading, line, type PageParts, ticketBox } from "./act-page.ts";
import { type HookOptions, limitBody } from "./hooks.ts";

const LARGEST_BODY = 32_768;
/** How a form's fields are named on the page, so that none is taken for something else. */
const VALUE = "v-";

/** What a press has done so far; nothing before the first. */
type Pressed = Pick<Acted, "own" | "missing" | "why"> & {
  readonly values: Readonly<Record<string, string>>;
};

const UNPRESSED: Pressed = { own: false, missing: [], why: null, values: {} };

/**
 * `/a/:token`, where the link buttons of cards lead. GET shows what would be done and changes nothing, because whatever
 * looks ahead at links opens them; POST does it, once.
 */
export function actRoutes(options: HookOptions): Hono {
  const { hub } = options.running;
  return new Hono()
    .get("/a/:token", async (c) => {
      const page = await lookAtLink(hub, c.req.param("token"));
      return respondWith(c, hub, page, UNPRESSED);
    })
    .post("/a/:token", limitBody(LARGEST_BODY), (c) => press(c, options, c.req.param("token")));
}

async function press(c: Context, { running, afterReply }: HookOptions, token: string) {
  const { hub } = running;
  if (running.overloaded()) {
    hub.counters.count("overloaded", { account: "link" });
    const language = languageOf(c, hub);
    const words = wordsIn(hub, language)(t("act.busy"));
    return whole(hub, language, 503, { tone: "bad", heading: words, body: [heading(words)] });
  }
  const filled = await readForm(c);
  const { page, after, ...pressed } = await actByLink(running, token, filled);
  afterReply(c, after);
  const values = { ...filled.values, ...(filled.agent === null ? {} : { agent: filled.agent }) };
  return respondWith(c, hub, page, { ...pressed, values });
}

/** What was sent, as far as it is a form; several values of one field with commas between. */
async function readForm(c: Context): Promise<Filled> {
  const sent = new URLSearchParams(await c.req.text());
  const names = [...new Set(sent.keys())].filter((name) => name.startsWith(VALUE)).slice(0, 32);
  const values = names.map((name) => [name.slice(VALUE.length), sent.getAll(name).join(",")]);
  return { agent: sent.get("agent"), values: Object.fromEntries(values) };
}

function respondWith(
  c: Context,
  hub: Hub,
  page: LinkPage,
  pressed: Pressed,
): Response | Promise<Response> {
  const language = page.type === "unknown" ? languageOf(c, hub) : page.link.language;
  const say = wordsIn(hub, language);
  const { status, parts } = partsOf(page, say, pressed);
  return whole(hub, language, status, parts);
}

type Drawn = { readonly status: number; readonly parts: PageParts };

function partsOf(page: LinkPage, say: Say, pressed: Pressed): Drawn {
  switch (page.type) {
    case "unknown":
      return deadParts(404, say(t("act.unknown")), say(t("act.unknown.hint")));
    case "expired":
      return deadParts(410, say(t("act.expired")), say(t("act.expired.hint")));
    case "refused": {
      const words = say(t("act.refused"));
      const body = [heading(words), ticketBox(page.ticket), line(page.why)];
      return { status: 409, parts: { tone: "bad", heading: words, body } };
    }
    case "used":
      return pressed.own ? ownParts(page, say) : usedParts(page, say);
    case "open":
      return openParts(page, say, pressed);
  }
}

/** A link that leads nowhere, and what would be right. */
function deadParts(status: number, words: string, hint: string): Drawn {
  return { status, parts: { tone: "bad", heading: words, body: [heading(words), line(hint)] } };
}

function openParts(page: Extract<LinkPage, { type: "open" }>, say: Say, pressed: Pressed): Drawn {
  const { control, ticket, as } = page;
  const { missing, why } = pressed;
  const labels = missing.map((name) =>
    name === "agent"
      ? say(t("act.who"))
      : (control.fields.find((field) => field.name === name)?.label ?? name),
  );
  const names = labels.join(say(t("act.and")));
  const body = [
    heading(control.label),
    ticketBox(ticket),
    control.confirm === null ? null : line(control.confirm),
    as === null ? null : line(say(t("act.as", { name: as }))),
    missing.length === 0 ? null : line(say(t("act.missing", { names })), "warning"),
    why === null ? null : line(why, "warning"),
    actForm(page, say, pressed),
    line(say(t("act.once")), "small"),
  ];
  const status = missing.length === 0 && why === null ? 200 : 422;
  return { status, parts: { tone: "plain", heading: control.label, body } };
}

/** What came of the reader's own press. */
function ownParts(page: Extract<LinkPage, { type: "used" }>, say: Say): Drawn {
  const { outcome, ticket } = page;
  if (outcome === null) return pendingParts(page, say);
  const isDone = outcome.tone === "success" || outcome.tone === "info";
  const words = say(t(isDone ? "act.done" : "act.not_done"));
  const close = line(say(t("act.close")), "small");
  const body = [heading(words), ticketBox(ticket), line(outcome.text), close];
  const tone = isDone ? "good" : "bad";
  return { status: isDone ? 200 : 409, parts: { tone, heading: words, body } };
}

function pendingParts({ ticket }: Extract<LinkPage, { type: "used" }>, say: Say): Drawn {
  const words = say(t("act.pending"));
  const body = [heading(words), ticketBox(ticket), line(say(t("act.pending.hint")))];
  return { status: 202, parts: { tone: "plain", heading: words, body, again: true } };
}

function usedParts(page: Extract<LinkPage, { type: "used" }>, say: Say): Drawn {
  const { outcome, ticket, by } = page;
  if (outcome === null) return pendingParts(page, say);
  const words = say(t("act.used"));
  const body = [
    heading(words),
    ticketBox(ticket),
    by === null ? null : line(say(t("act.used.by", { name: by }))),
    line(say(t("act.result", { text: outcome.text }))),
  ];
  return { status: 410, parts: { tone: "plain", heading: words, body } };
}

function wordsIn(hub: Hub, language: Language): Say {
  return hub.catalogs(language, new Map());
}

async function whole(
  hub: Hub,
  language: Language,
  status: number,
  parts: PageParts,
): Promise<Response> {
  const { name } = hub.setup().policy.hub;
  return new Response(String(await actPage(language, name, parts)), {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy":
        "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      "x-content-type-options": "nosniff",
      "x-robots-tag": "noindex, nofollow",
      "referrer-policy": "no-referrer",
      "cache-control": "no-store",
    },
  });
}

/** In what language to tell somebody whose link says nothing. */
function languageOf(c: Context, hub: Hub): Language {
  const first = /^\s*([a-z]{2})/i.exec(c.req.header("accept-language") ?? "")?.[1]?.toLowerCase();
  if (first === undefined) return hub.setup().policy.hub.locale;
  return first === "zh" ? "zh-CN" : "en";
}
