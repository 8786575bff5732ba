import { html, raw } from "hono/html";
import type { Choosable, LinkPage } from "../app/act-by-link.ts";
import type { FormField, Option } from "../core/card.ts";
import { type Language, type Say, t } from "../core/text.ts";
import { ACT_STYLE } from "./act-style.ts";

/** A piece of a page, with everything that somebody wrote already escaped. */
type Html = ReturnType<typeof html>;

/** How a page begins, and what stands below. */
export type PageParts = {
  readonly tone: "plain" | "good" | "bad";
  readonly heading: string;
  readonly body: readonly (Html | null)[];
  /** Does it look again by itself? Then it is read anew, and nothing is sent again. */
  readonly again?: boolean;
};

/** The whole page, without scripts. */
export function actPage(language: Language, hub: string, parts: PageParts): Html {
  const { tone, heading, body, again = false } = parts;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
${again ? html`<meta http-equiv="refresh" content="2">` : ""}
<title>${heading}</title>
<style>${raw(ACT_STYLE)}</style>
</head>
<body><main class="${tone}"><p class="hub">${hub}</p>${body.filter((part) => part !== null)}</main></body>
</html>
`;
}

export function heading(words: string): Html {
  return html`<h1>${words}</h1>`;
}

export function line(words: string, kind: "text" | "small" | "warning" = "text"): Html {
  return html`<p class="${kind}">${words}</p>`;
}

/** Which ticket it is about: number, title and how it stands. */
export function ticketBox({ title, state }: { title: string; state: string }): Html {
  return html`<section class="ticket"><strong>${title}</strong><span>${state}</span></section>`;
}

/** What is filled in and sent, with what was filled in before. `missing` are names of fields. */
export function actForm(
  page: Extract<LinkPage, { type: "open" }>,
  say: Say,
  given: { readonly values: Readonly<Record<string, string>>; readonly missing: readonly string[] },
): Html {
  const { control, people } = page;
  const { values, missing } = given;
  return html`<form method="post">
${people === null ? "" : whoField(people, say, values.agent ?? "", missing.includes("agent"))}
${control.fields.map((field) => fieldOf(field, say, values[field.name] ?? "", missing))}
<button class="${control.danger ? "danger" : "primary"}">${control.label}</button>
</form>`;
}

function whoField(
  people: readonly Choosable[],
  say: Say,
  chosen: string,
  isMissing: boolean,
): Html {
  const options = people.map(({ id, name }) => ({ value: id, label: name }));
  const select = selectOf("agent", options, chosen, say, true);
  return html`<label class="${isMissing ? "missing" : ""}">${say(t("act.who"))}${select}</label>
<p class="small">${say(t("act.who.hint"))}</p>`;
}

function fieldOf(
  field: FormField<string>,
  say: Say,
  value: string,
  missing: readonly string[],
): Html {
  const { label, name, required } = field;
  const words = required ? label : label + say(t("act.optional"));
  const kind = missing.includes(name) ? "missing" : "";
  if (field.type === "multi_select") {
    const checked = value.split(",");
    const boxes = field.options.map((option) => boxOf(`v-${name}`, option, checked));
    return html`<fieldset class="${kind}"><legend>${words}</legend>${boxes}</fieldset>`;
  }
  return html`<label class="${kind}">${words}${inputOf(field, say, value)}</label>`;
}

function inputOf(
  field: Exclude<FormField<string>, { type: "multi_select" }>,
  say: Say,
  value: string,
): Html {
  const name = `v-${field.name}`;
  const required = field.required ? html` required` : "";
  switch (field.type) {
    case "text":
      return field.multiline
        ? html`<textarea name="${name}" rows="4" maxlength="4000" placeholder="${field.placeholder ?? ""}"${required}>${value}</textarea>`
        : html`<input name="${name}" maxlength="4000" value="${value}" placeholder="${field.placeholder ?? ""}"${required}>`;
    case "datetime":
      return html`<input type="datetime-local" name="${name}" value="${value}"${required}>`;
    case "select":
      return selectOf(name, field.options, value, say, field.required);
    case "person":
      return selectOf(name, field.people, value, say, field.required);
  }
}

function selectOf(
  name: string,
  options: readonly Option<string>[],
  chosen: string,
  say: Say,
  isRequired: boolean,
): Html {
  const listed = options.map(({ value, label }) =>
    value === chosen
      ? html`<option value="${value}" selected>${label}</option>`
      : html`<option value="${value}">${label}</option>`,
  );
  const required = isRequired ? html` required` : "";
  return html`<select name="${name}"${required}><option value="">${say(t("act.choose"))}</option>${listed}</select>`;
}

function boxOf(name: string, { value, label }: Option<string>, checked: readonly string[]): Html {
  const isChecked = checked.includes(value) ? html` checked` : "";
  return html`<label class="box"><input type="checkbox" name="${name}" value="${value}"${isChecked}>${label}</label>`;
}
