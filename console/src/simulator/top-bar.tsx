import { Segmented } from "antd";
import type { Language } from "../../../src/core/text.ts";
import { useWords } from "../words/words.tsx";
import type { Status } from "./use-tools.ts";

const LANGUAGE_NAMES: readonly { value: Language; label: string }[] = [
  { value: "zh-CN", label: "中文" },
  { value: "en", label: "EN" },
];

/** The project's name, one sentence of what is to be seen, and the language switch. */
export function TopBar({ status }: { readonly status: Status }) {
  const { words, language, speak } = useWords();
  const state = status === "absent" ? "live" : status;
  return (
    <header className="top-bar">
      <div className="brand">
        <LoopMark />
        <span className="brand-name">Loopdesk</span>
      </div>
      <div className="pitch">
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
      </div>
      <span className={`link-state is-${state}`} role="status">
        <i aria-hidden="true" />
        <span>{state === "lost" ? words.disconnected : words[state]}</span>
      </span>
      <Segmented
        className="languages"
        aria-label={words.language}
        options={[...LANGUAGE_NAMES]}
        value={language}
        onChange={speak}
      />
    </header>
  );
}

function LoopMark() {
  return (
    <svg className="loop-mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" />
      <path d="M22.6 12.2A7.6 7.6 0 1 0 23.6 16" />
      <path d="M23.4 7.6v5h-5" />
      <circle cx="16" cy="16" r="2.4" />
    </svg>
  );
}
