import { type MouseEvent, useState } from "react";
import { useWords } from "../../words/words.tsx";
import { useCardDeeds } from "./deeds.ts";
import type { ButtonView } from "./view.ts";

/** A button of a card: it sends a click, opens a page, or is dead. */
export function CardButton({ button }: { readonly button: ButtonView }) {
  const { words } = useWords();
  const deeds = useCardDeeds();
  const [busy, setBusy] = useState(false);
  const { does } = button;
  const look = `card-button look-${button.look}${button.wide ? " is-wide" : ""}`;
  const testId = `button-${button.label}`;

  if (does.type === "open") {
    return (
      <a className={look} href={does.url} target="_blank" rel="noreferrer" data-testid={testId}>
        {button.label}
      </a>
    );
  }

  const click = async (event: MouseEvent<HTMLButtonElement>) => {
    if (does.type !== "press" || busy) return;
    const form = does.submits ? event.currentTarget.form : null;
    const missing = firstMissing(form);
    if (missing !== null) {
      missing.focus();
      deeds.warn(words.required(missing.dataset.label ?? missing.name));
      return;
    }
    const values = filledIn(form);
    if (button.confirm !== null && !(await deeds.ask(button.confirm))) return;
    setBusy(true);
    if (await deeds.press(does.button, values)) empty(form);
    setBusy(false);
  };

  return (
    <button
      type={does.type === "press" && does.submits ? "submit" : "button"}
      className={look}
      disabled={does.type === "nothing"}
      aria-busy={busy}
      data-testid={testId}
      onClick={(event) => void click(event)}
    >
      {busy && <span className="spinner" aria-hidden="true" />}
      {button.label}
    </button>
  );
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

function firstMissing(form: HTMLFormElement | null): Control | null {
  form?.classList.add("was-sent");
  return form?.querySelector<Control>("input:invalid, select:invalid, textarea:invalid") ?? null;
}

/** What was sent is gone from the card, so that nobody sends it twice. */
function empty(form: HTMLFormElement | null): void {
  form?.reset();
  form?.classList.remove("was-sent");
}

/** What was filled in, by field name, several values with commas between; what was left empty is left out. */
function filledIn(form: HTMLFormElement | null): Record<string, string> {
  if (form === null) return {};
  const values: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string" || value === "") continue;
    const before = values[name];
    values[name] = before === undefined ? value : `${before},${value}`;
  }
  return values;
}
