import { CheckOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useWords } from "../words/words.tsx";
import type { Guide } from "./guide.ts";
import type { ToolName } from "./skin.ts";

type GuideStepsProps = {
  readonly guide: Guide;
  /** Nothing can be sent now. */
  readonly offline: boolean;
  readonly trySample: (text: string) => void;
  readonly answer: (asked: NonNullable<Guide["asked"]>) => void;
  readonly show: (tool: ToolName) => void;
};

/** The way through the demonstration in three steps; the one that is due stands out. */
export function GuideSteps({ guide, offline, trySample, answer, show }: GuideStepsProps) {
  const { words } = useWords();
  const { steps } = words;
  const { asked, progress, places } = guide;
  const reportHelp = progress === 3 ? steps.againHelp : steps.reportHelp;
  const leadTo = (step: Guide["progress"], usual: readonly ToolName[]) => {
    const due = progress === step - 1 && places.length > 0;
    const tools = due ? new Set(places.map(({ tool }) => tool)) : usual;
    return [...tools].map((tool) => (
      <button key={tool} type="button" className="step-button" onClick={() => show(tool)}>
        {steps.goTo(words.tools[tool])}
      </button>
    ));
  };
  return (
    <ol className={`guide is-at-${progress}`} aria-label={words.guide}>
      <Step
        number={1}
        progress={progress}
        title={steps.report}
        help={asked === null ? reportHelp : steps.askedHelp}
      >
        {asked === null ? (
          words.samples.map(({ text, gloss }) => (
            <button
              key={text}
              type="button"
              className="step-button"
              disabled={offline}
              data-testid={`sample-${text}`}
              onClick={() => trySample(text)}
            >
              {text}
              {gloss !== null && <small>{gloss}</small>}
            </button>
          ))
        ) : (
          <button
            type="button"
            className="step-button"
            disabled={offline}
            data-testid="sample-store"
            onClick={() => answer(asked)}
          >
            {asked.store}
          </button>
        )}
      </Step>
      <Step number={2} progress={progress} title={steps.claim} help={steps.claimHelp}>
        {leadTo(2, ["dingtalk", "wecom"])}
      </Step>
      <Step number={3} progress={progress} title={steps.solve} help={steps.solveHelp}>
        {leadTo(3, ["feishu"])}
      </Step>
    </ol>
  );
}

type StepProps = {
  readonly number: 1 | 2 | 3;
  readonly progress: Guide["progress"];
  readonly title: string;
  readonly help: string;
  readonly children: ReactNode;
};

function Step({ number, progress, title, help, children }: StepProps) {
  const { words } = useWords();
  const done = progress >= number;
  const now = progress === number - 1;
  const state = done ? "is-done" : now ? "is-now" : "is-later";
  return (
    <li
      className={`step ${state}`}
      aria-current={now ? "step" : undefined}
      data-testid={`step-${number}`}
    >
      <span className="step-number">
        {done ? <CheckOutlined aria-label={words.steps.done} /> : number}
      </span>
      <div className="step-words">
        <h3>{title}</h3>
        <p>{help}</p>
      </div>
      <div className="step-buttons">{children}</div>
    </li>
  );
}
