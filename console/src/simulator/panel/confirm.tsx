import { type KeyboardEvent, useEffect, useRef } from "react";
import { useWords } from "../../words/words.tsx";

export type Question = {
  readonly title: string | null;
  readonly text: string;
  readonly answer: (yes: boolean) => void;
};

/** The question that a tool asks before it sends a click. Escape declines; the focus goes back where it was. */
export function Confirm({ question }: { readonly question: Question }) {
  const { words } = useWords();
  const accept = useRef<HTMLButtonElement>(null);
  const decline = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const before = document.activeElement;
    accept.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  const typed = (event: KeyboardEvent) => {
    if (event.key === "Escape") question.answer(false);
    if (event.key !== "Tab") return;
    event.preventDefault();
    const other = document.activeElement === accept.current ? decline : accept;
    other.current?.focus();
  };

  return (
    <div className="veil">
      <div
        className="confirm"
        role="alertdialog"
        aria-modal="true"
        aria-label={question.title ?? question.text}
        onKeyDown={typed}
      >
        {question.title !== null && <h4>{question.title}</h4>}
        {question.text !== question.title && <p>{question.text}</p>}
        <div className="confirm-buttons">
          <button
            type="button"
            className="card-button look-default"
            ref={decline}
            data-testid="confirm-cancel"
            onClick={() => question.answer(false)}
          >
            {words.cancel}
          </button>
          <button
            type="button"
            className="card-button look-primary"
            ref={accept}
            data-testid="confirm-ok"
            onClick={() => question.answer(true)}
          >
            {words.confirm}
          </button>
        </div>
      </div>
    </div>
  );
}
