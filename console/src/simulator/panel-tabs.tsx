import { useWords } from "../words/words.tsx";
import { SKINS, type Skin } from "./skin.ts";

type PanelTabsProps = {
  readonly open: Skin;
  readonly unread: (skin: Skin) => number;
  readonly choose: (skin: Skin) => void;
};

/** Which panel is shown, where there is room for one only. */
export function PanelTabs({ open, unread, choose }: PanelTabsProps) {
  const { words } = useWords();
  return (
    <nav className="tabs" aria-label={words.panels}>
      {SKINS.map((skin) => {
        const count = unread(skin);
        return (
          <button
            key={skin}
            type="button"
            className={`tab skin-${skin}`}
            aria-current={skin === open ? "true" : undefined}
            data-testid={`tab-${skin}`}
            onClick={() => choose(skin)}
          >
            {words.tools[skin]}
            {count > 0 && (
              <span className="count" role="img" aria-label={words.unread(count)}>
                {count}
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}
