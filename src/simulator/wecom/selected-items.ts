import type { XmlContent } from "../../wire/xml.ts";
import { asFields, type Fields, objectsOf, textOf } from "../fields.ts";

/**
 * What is chosen on a card when its button is pressed: `values` by question key, else what stands there already.
 *
 * Several options of a check box are separated by commas. Throws for questions and options that the card does not have.
 * WeCom docs: 90236, 90240.
 */
export function selectedItems(
  card: Fields,
  values: Readonly<Record<string, string>>,
): readonly XmlContent[] {
  const questions = questionsOf(card);
  const keys = questions.map((question) => textOf(question, "question_key"));
  const unknown = Object.keys(values).find((name) => !keys.includes(name));
  if (unknown !== undefined) throw new Error(`the card has no question ${unknown}`);
  return questions.map((question) => {
    const key = textOf(question, "question_key");
    const chosen = choose(question, values[key], card.card_type === "vote_interaction");
    return { QuestionKey: key, OptionIds: { OptionId: chosen } };
  });
}

function questionsOf(card: Fields): readonly Fields[] {
  if (card.card_type === "multiple_interaction") return objectsOf(card, "select_list");
  const single = card.card_type === "vote_interaction" ? card.checkbox : card.button_selection;
  const question = asFields(single);
  return question === null ? [] : [question];
}

function choose(
  question: Fields,
  value: string | undefined,
  isCheckbox: boolean,
): readonly string[] {
  const options = objectsOf(question, "option_list");
  const ids = options.map((option) => textOf(option, "id"));
  if (value === undefined) return defaults(question, options, ids, isCheckbox);
  if (question.disable === true) throw new Error(`${textOf(question, "question_key")} is disabled`);
  const chosen = question.mode === 1 ? value.split(",") : [value];
  const unknown = chosen.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new Error(`there is no option ${unknown}, only ${ids}`);
  return chosen;
}

/** A drop-down list shows its first option when `selected_id` names none; a check box shows what is checked. */
function defaults(
  question: Fields,
  options: readonly Fields[],
  ids: readonly string[],
  isCheckbox: boolean,
): readonly string[] {
  if (isCheckbox) return ids.filter((_, at) => options[at]?.is_checked === true);
  const selected = textOf(question, "selected_id");
  return ids.includes(selected) ? [selected] : ids.slice(0, 1);
}
