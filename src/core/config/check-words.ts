import { normalise, wording } from "../intent/normalise.ts";
import { articleId } from "./compile.ts";
import { type ConfigPath, error, type Finding, warning } from "./finding.ts";
import type { Config } from "./schema.ts";

type Wording = { readonly text: string; readonly path: ConfigPath; readonly intent: string | null };

/** Intents and knowledge: no wording means two things, no id and no label stands twice, thresholds are in order. */
export function checkWords(config: Config): Finding[] {
  return [
    ...sameWordings(config),
    ...sameArticles(config),
    ...Object.entries(config.intents).flatMap(([id, { fields }]) =>
      checkFields(fields, ["intents", id, "fields"]),
    ),
    ...checkThresholds(config),
  ];
}

/** Two intents that claim one sentence cannot both be right; a sentence that is there twice otherwise is only idle. */
function sameWordings(config: Config): Finding[] {
  const seen = new Map<string, Wording>();
  return wordingsOf(config).flatMap((here) => {
    const key = wording(normalise(here.text));
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, here);
      return [];
    }
    const rivals = here.intent !== null && first.intent !== null && here.intent !== first.intent;
    const params = { text: here.text, other: first.path };
    return [(rivals ? error : warning)("duplicate-wording", here.path, { params })];
  });
}

function wordingsOf(config: Config): Wording[] {
  const examples = Object.entries(config.intents).flatMap(([intent, { examples }]) =>
    examples.map((text, at) => ({ text, path: ["intents", intent, "examples", at], intent })),
  );
  const questions = config.knowledge.flatMap(({ question, similar }, article) => [
    { text: question, path: ["knowledge", article, "question"], intent: null },
    ...similar.map((text, at) => ({
      text,
      path: ["knowledge", article, "similar", at],
      intent: null,
    })),
  ]);
  return [...examples, ...questions];
}

function sameArticles({ knowledge }: Config): Finding[] {
  const ids = knowledge.map(articleId);
  return ids.flatMap((id, at) => {
    const first = ids.indexOf(id);
    if (first === at) return [];
    const key = knowledge[at]?.id === undefined ? "question" : "id";
    return [
      error("duplicate-article", ["knowledge", at, key], {
        params: { other: ["knowledge", first] },
      }),
    ];
  });
}

function checkFields(fields: Config["intents"][string]["fields"], path: ConfigPath): Finding[] {
  const entries = Object.entries(fields).map(([name, { label, type }]) => ({
    name,
    label: label ?? name,
    type,
  }));
  return entries.flatMap(({ name, label, type }, at) => {
    const earlier = entries.slice(0, at);
    const twin = earlier.find((field) => field.label === label);
    const store = type === "store" ? earlier.find((field) => field.type === "store") : undefined;
    const findings: Finding[] = [];
    if (twin !== undefined) {
      findings.push(
        error("duplicate-label", [...path, name], {
          params: { label, other: [...path, twin.name] },
        }),
      );
    }
    if (store !== undefined) {
      findings.push(
        error("second-store-field", [...path, name], { params: { other: [...path, store.name] } }),
      );
    }
    return findings;
  });
}

function checkThresholds({ understanding: { answer, clarify } }: Config): Finding[] {
  if (clarify <= answer) return [];
  return [error("thresholds-order", ["understanding", "clarify"], { params: { answer, clarify } })];
}
