import { useState } from "react";
import { useWords } from "../../words/words.tsx";
import { CardButton } from "./card-button.tsx";
import { CardField } from "./card-field.tsx";
import { RichText } from "./rich-text.tsx";
import {
  type ButtonView,
  type CardPart,
  type CardView,
  type FieldPair,
  UNREADABLE,
} from "./view.ts";

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
    case "image":
      return <Picture url={part.url} alt={part.alt} />;
    case "menu":
      return (
        <details className="card-menu">
          <summary aria-label={words.moreButtons}>⋯</summary>
          <Buttons buttons={part.buttons} />
        </details>
      );
    case "fold":
      return (
        <details className="card-fold">
          <summary>{part.title}</summary>
          <Parts parts={part.parts} />
        </details>
      );
    case "rule":
      return <hr className="card-rule" />;
    case "columns":
      return <Columns part={part} />;
    case "buttons":
      return <Buttons buttons={part.buttons} />;
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

function Buttons({ buttons }: { readonly buttons: readonly ButtonView[] }) {
  return (
    <div className="card-buttons">
      {buttons.map((button) => (
        <CardButton key={button.label} button={button} />
      ))}
    </div>
  );
}

/** A picture that only the vendor has is a frame with its words. */
function Picture({ url, alt }: Omit<Extract<CardPart, { type: "image" }>, "type">) {
  if (url === null) {
    return (
      <p className="card-picture" role="img" aria-label={alt}>
        {alt}
      </p>
    );
  }
  return <img className="card-picture" src={url} alt={alt} />;
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
            <FieldValue field={field} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function FieldValue({ field }: { readonly field: FieldPair }) {
  if (field.person !== undefined) return <span className="rich-mention">{field.value}</span>;
  return field.href === null ? field.value : <Away href={field.href}>{field.value}</Away>;
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
