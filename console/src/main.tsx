import { ConfigProvider } from "antd";
import enUS from "antd/locale/en_US";
import zhCN from "antd/locale/zh_CN";
import { lazy, type ReactNode, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { useWords, WordsProvider } from "./words/words.tsx";

// Each page is a chunk of its own.
const SimulatorPage = lazy(async () => {
  const { SimulatorPage: page } = await import("./simulator/page.tsx");
  return { default: page };
});

const THEME = {
  token: {
    colorPrimary: "#1b2333",
    colorText: "#1b2333",
    borderRadius: 8,
    fontFamily: "inherit",
    fontSize: 14,
    // What is derived from so dark a colour would be a dark ground under dark words.
    controlItemBgActive: "#eef1f6",
    controlItemBgActiveHover: "#e6eaf1",
  },
} as const;

function House({ children }: { readonly children: ReactNode }) {
  const { language } = useWords();
  return (
    <ConfigProvider theme={THEME} locale={language === "en" ? enUS : zhCN}>
      {children}
    </ConfigProvider>
  );
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no element #root.");
createRoot(root).render(
  <StrictMode>
    <WordsProvider>
      <House>
        <Suspense fallback={null}>
          <SimulatorPage />
        </Suspense>
      </House>
    </WordsProvider>
  </StrictMode>,
);
