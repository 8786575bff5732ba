import type { ReactNode } from "react";
import { useCardDeeds } from "./deeds.ts";
import { type RichLine, type RichSpan, richText } from "./rich-text.ts";

/** Marked-up text of a card. */
export function RichText({ source, small }: { readonly source: string; readonly small: boolean }) {
  return (
    <div className={small ? "rich card-small" : "rich"}>
      {richText(source).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its place alone.
        <Line key={index} line={line} />
      ))}
    </div>
  );
}

function Line({ line }: { readonly line: RichLine }) {
  if (line.type === "rule") return <hr className="card-rule" />;
  return (
    <p className={`rich-line rich-${line.type}`}>
      {line.marker !== null && <span className="rich-marker">{line.marker}</span>}
      <span>
        {line.spans.map((span, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a span is known by its place alone.
          <Span key={index} span={span} />
        ))}
      </span>
    </p>
  );
}

function Span({ span }: { readonly span: RichSpan }) {
  const deeds = useCardDeeds();
  if (span.mention !== null) {
    const name = span.text === span.mention ? deeds.nameOf(span.mention) : span.text;
    return <span className="rich-mention">@{name}</span>;
  }
  let drawn: ReactNode = span.text;
  if (span.code) drawn = <code>{drawn}</code>;
  if (span.strike) drawn = <s>{drawn}</s>;
  if (span.italic) drawn = <em>{drawn}</em>;
  if (span.bold) drawn = <strong>{drawn}</strong>;
  if (span.href !== null) {
    drawn = (
      <a href={span.href} target="_blank" rel="noreferrer">
        {drawn}
      </a>
    );
  }
  if (span.color === null) return drawn;
  return span.color.startsWith("#") ? (
    <span style={{ color: span.color }}>{drawn}</span>
  ) : (
    <span className={`ink-${span.color}`}>{drawn}</span>
  );
}
