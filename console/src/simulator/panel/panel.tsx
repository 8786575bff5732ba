import { Skeleton } from "antd";
import { type ReactNode, useCallback, useId, useMemo, useState } from "react";
import { useWords } from "../../words/words.tsx";
import type { CardDeeds } from "../card/deeds.ts";
import type { Skin } from "../skin.ts";
import { Confirm, type Question } from "./confirm.tsx";
import { type PanelDeeds, PanelDeedsProvider } from "./deeds.ts";
import { type Toast, ToastPlace } from "./toast.tsx";

type PanelProps = {
  readonly skin: Skin;
  /** Is it the panel whose tab is open, where only one is shown? */
  readonly active: boolean;
  readonly loading: boolean;
  readonly switcher: ReactNode;
  readonly toast: Toast | null;
  readonly press: PanelDeeds["press"];
  readonly warn: CardDeeds["warn"];
  readonly nameOf: CardDeeds["nameOf"];
  readonly children: ReactNode;
};

/** The window of one tool: its bar, what is in it, and what it lays over that for a moment. */
export function Panel({
  skin,
  active,
  loading,
  switcher,
  toast,
  press,
  warn,
  nameOf,
  children,
}: PanelProps) {
  const { words } = useWords();
  const heading = useId();
  const [question, setQuestion] = useState<Question | null>(null);

  const ask = useCallback<CardDeeds["ask"]>(
    (asked) =>
      new Promise((resolve) => {
        const answer = (yes: boolean) => {
          setQuestion(null);
          resolve(yes);
        };
        setQuestion({ ...asked, answer });
      }),
    [],
  );
  const deeds = useMemo(() => ({ press, ask, warn, nameOf }), [press, ask, warn, nameOf]);

  return (
    <section
      id={`panel-${skin}`}
      className={`panel skin-${skin}${active ? " is-active" : ""}`}
      aria-labelledby={heading}
      aria-busy={loading}
      data-testid={`panel-${skin}`}
    >
      <header className="panel-head">
        <span className="glyph" aria-hidden="true">
          {words.glyphs[skin]}
        </span>
        <div className="panel-name">
          <h2 id={heading}>{words.tools[skin]}</h2>
          <p>{words.toolNotes[skin]}</p>
        </div>
        {switcher}
      </header>
      <PanelDeedsProvider value={deeds}>
        <div className="panel-body">{loading ? <Waiting /> : children}</div>
      </PanelDeedsProvider>
      <ToastPlace skin={skin} toast={toast} />
      {question !== null && <Confirm question={question} />}
    </section>
  );
}

function Waiting() {
  return (
    <div className="waiting">
      <Skeleton active avatar paragraph={{ rows: 2 }} title={false} />
      <Skeleton active avatar paragraph={{ rows: 3 }} title={false} />
    </div>
  );
}
