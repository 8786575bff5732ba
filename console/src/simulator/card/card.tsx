import { useState } from "react";
import { useWords } from "../../words/words.tsx";
import { CardButton } from "./card-button.tsx";
import { CardField } from "./card-field.tsx";
import { RichText } from "./rich-text.tsx";
import { type CardPart, type CardView, UNREADABLE } from "./view.ts";

type CardProps = { readonly card: CardView; readonly edition: number };

/** A card in the look of the panel it stands in. It glows for a moment when it was changed under the reader's eyes. */
export function Card({ card, edition }: CardProps) {
  const { words } = useWords();
  const [glowed, setGlowed] = useState(edition);
  if (card === UNREADABLE) return <p className="card card-bad">{words.badCard}</p>;
  return (
    <article
      className={`card hue-${card.hue}`}
      aria-label={words.cardOf(card.title)}
      data-testid="card"
    >
      {edition !== glowed && (
        <span className="card-glow" key={edition} onAnimationEnd={() => setGlowed(edition)} />
      )}
      <header className="card-head">
        {card.source !== null && <p className="card-source">{card.source}</p>}
        <h4 className="card-title">
          {card.href === null ? card.title : <Away href={card.href}>{card.title}</Away>}
        </h4>
        {card.subtitle !== null && <p className="card-subtitle">{card.subtitle}</p>}
      </header>
      {card.parts.length > 0 && (
        <div className="card-body">
          <Parts parts={card.parts} />
        </div>
      )}
    </article>
  );
}

function Parts({ parts }: { readonly parts: readonly CardPart[] }) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place alone, also in a changed card.
    <Part key={index} part={part} />
  ));
}

function Part({ part }: { readonly part: CardPart }) {
  const { words } = useWords();
  switch (part.type) {
    case "rich":
      return <RichText source={part.text} small={part.small} />;
    case "plain":
      return <p className={part.small ? "card-text card-small" : "card-text"}>{part.text}</p>;
    case "fields":
      return <FieldList fields={part.fields} />;
    case "quote":
      return <p className="card-quote">{part.text}</p>;
    case "rule":
      return <hr className="card-rule" />;
    case "columns":
      return <Columns part={part} />;
    case "buttons":
      return (
        <div className="card-buttons">
          {part.buttons.map((button) => (
            <CardButton key={button.label} button={button} />
          ))}
        </div>
      );
    case "form":
      return (
        <form className="card-form" noValidate onSubmit={(event) => event.preventDefault()}>
          <Parts parts={part.parts} />
        </form>
      );
    case "field":
      return <CardField field={part.field} />;
    case "unsupported":
      return <p className="card-text card-small">{words.unsupported(part.kind)}</p>;
  }
}

function Away({ href, children }: { readonly href: string; readonly children: string }) {
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
    </a>
  );
}

function FieldList({ fields }: Omit<Extract<CardPart, { type: "fields" }>, "type">) {
  return (
    <dl className="card-fields">
      {fields.map((field) => (
        <div key={field.label} className="card-pair">
          <dt>{field.label}</dt>
          <dd>
            {field.href === null ? field.value : <Away href={field.href}>{field.value}</Away>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Columns({ part }: { readonly part: Extract<CardPart, { type: "columns" }> }) {
  return (
    <div className="card-columns">
      {part.columns.map((column, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is known by its place alone.
          key={index}
          className="card-column"
          style={{ flex: column.weight === null ? "none" : `${column.weight} 1 0` }}
        >
          <Parts parts={column.parts} />
        </div>
      ))}
    </div>
  );
}
