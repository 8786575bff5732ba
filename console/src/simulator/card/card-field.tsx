import { useId } from "react";
import { useWords } from "../../words/words.tsx";
import type { FieldView } from "./view.ts";

/** One thing to fill in on a card. The browser keeps what was typed while the card is redrawn. */
export function CardField({ field }: { readonly field: FieldView }) {
  const { words } = useWords();
  const id = useId();
  const { label, input } = field;
  const hint = field.placeholder ?? (input.type === "select" ? words.choose : (label ?? ""));
  const common = {
    id,
    name: field.name,
    required: field.required,
    defaultValue: field.initial ?? "",
    className: "card-input",
    "aria-label": label === null ? hint : undefined,
    "data-label": label ?? field.placeholder ?? field.name,
    "data-testid": `field-${field.name}`,
  };
  return (
    <div className="card-field">
      {label !== null && (
        <label htmlFor={id} className="card-label">
          {label}
          {field.required && (
            <span className="card-required" aria-hidden="true">
              *
            </span>
          )}
        </label>
      )}
      {input.type === "text" && input.multiline && (
        <textarea {...common} rows={2} placeholder={hint} />
      )}
      {input.type === "text" && !input.multiline && (
        <input {...common} type="text" placeholder={hint} />
      )}
      {input.type === "select" && (
        <select {...common}>
          {field.initial === null && <option value="">{hint}</option>}
          {input.options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}
