import { CheckOutlined } from "@ant-design/icons";
import { type ReactNode, useEffect, useRef } from "react";
import { useWords } from "../words/words.tsx";
import type { Progress } from "./guide.ts";
import type { Skin } from "./skin.ts";

type GuideStepsProps = {
  readonly progress: Progress;
  /** Nothing can be sent now. */
  readonly offline: boolean;
  readonly trySample: (text: string) => void;
  readonly show: (skin: Skin) => void;
};

/** The way through the demonstration in three steps; the one that is due stands out. */
export function GuideSteps({ progress, offline, trySample, show }: GuideStepsProps) {
  const { words } = useWords();
  const { steps } = words;
  const leadTo = (skins: readonly Skin[]) =>
    skins.map((skin) => (
      <button key={skin} type="button" className="step-button" onClick={() => show(skin)}>
        {steps.goTo(words.tools[skin])}
      </button>
    ));
  return (
    <ol className="guide" aria-label={words.guide}>
      <Step number={1} progress={progress} title={steps.report} help={steps.reportHelp}>
        {words.samples.map(({ text, gloss }) => (
          <button
            key={text}
            type="button"
            className="step-button is-sample"
            disabled={offline}
            data-testid={`sample-${text}`}
            onClick={() => trySample(text)}
          >
            {text}
            {gloss !== null && <small>{gloss}</small>}
          </button>
        ))}
      </Step>
      <Step number={2} progress={progress} title={steps.claim} help={steps.claimHelp}>
        {leadTo(["dingtalk", "wecom"])}
      </Step>
      <Step number={3} progress={progress} title={steps.solve} help={steps.solveHelp}>
        {leadTo(["feishu"])}
      </Step>
    </ol>
  );
}

type StepProps = {
  readonly number: 1 | 2 | 3;
  readonly progress: Progress;
  readonly title: string;
  readonly help: string;
  readonly children: ReactNode;
};

function Step({ number, progress, title, help, children }: StepProps) {
  const { words } = useWords();
  const item = useRef<HTMLLIElement>(null);
  const done = progress >= number;
  const now = progress === number - 1;

  // Where the steps stand in one row that scrolls, the one that is due comes into sight.
  useEffect(() => {
    const row = item.current?.parentElement;
    if (now && row && item.current)
      row.scrollTo({ left: item.current.offsetLeft - row.offsetLeft, behavior: "smooth" });
  }, [now]);

  const state = done ? "is-done" : now ? "is-now" : "is-later";
  return (
    <li ref={item} className={`step ${state}`} aria-current={now ? "step" : undefined}>
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
