import { type ReactNode, useId } from "react";
import { useWords } from "../../words/words.tsx";
import { useCardDeeds } from "./deeds.ts";
import type { FieldView, OptionView } from "./view.ts";

/** One thing to fill in on a card. The browser keeps what was typed while the card is redrawn. */
export function CardField({ field }: { readonly field: FieldView }) {
  const { words } = useWords();
  const id = useId();
  const { label, input } = field;
  const hint = field.placeholder ?? (input.type === "text" ? (label ?? "") : words.choose);
  if (input.type === "multi") {
    return (
      <fieldset className="card-field card-boxes" aria-label={label ?? hint}>
        {label !== null && <Label field={field}>{label}</Label>}
        <Boxes name={field.name} options={input.options} />
      </fieldset>
    );
  }
  return (
    <div className="card-field">
      {label !== null && (
        <label htmlFor={id} className="card-label">
          <Label field={field}>{label}</Label>
        </label>
      )}
      <Input id={id} field={field} input={input} hint={hint} />
    </div>
  );
}

function Label({ field, children }: { readonly field: FieldView; readonly children: ReactNode }) {
  return (
    <span className="card-label">
      {children}
      {field.required && (
        <span className="card-required" aria-hidden="true">
          *
        </span>
      )}
    </span>
  );
}

type InputProps = {
  readonly id: string;
  readonly field: FieldView;
  readonly input: Exclude<FieldView["input"], { readonly type: "multi" }>;
  readonly hint: string;
};

function Input({ id, field, input, hint }: InputProps) {
  const common = {
    id,
    name: field.name,
    required: field.required,
    defaultValue: field.initial ?? "",
    className: "card-input",
    "aria-label": field.label === null ? hint : undefined,
    "data-label": field.label ?? field.placeholder ?? field.name,
    "data-testid": `field-${field.name}`,
  };
  if (input.type === "datetime") return <input {...common} type="datetime-local" />;
  if (input.type === "text") {
    return input.multiline ? (
      <textarea {...common} rows={2} placeholder={hint} />
    ) : (
      <input {...common} type="text" placeholder={hint} />
    );
  }
  return (
    <select {...common}>
      {field.initial === null && <option value="">{hint}</option>}
      {input.options.map((option) => (
        <option key={option.value} value={option.value}>
          <Name option={option} />
        </option>
      ))}
    </select>
  );
}

function Boxes({
  name,
  options,
}: {
  readonly name: string;
  readonly options: readonly OptionView[];
}) {
  return options.map((option) => (
    <label key={option.value} className="card-box">
      <input
        type="checkbox"
        name={name}
        value={option.value}
        data-testid={`box-${name}-${option.value}`}
      />
      <Name option={option} />
    </label>
  ));
}

/** A person is known to the panel by an id. */
function Name({ option }: { readonly option: OptionView }) {
  const { nameOf } = useCardDeeds();
  return option.label ?? nameOf(option.value);
}
