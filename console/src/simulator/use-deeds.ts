import { useCallback, useState } from "react";
import type { PressInput, PressResult, PushResult, SayInput } from "../../../src/simulator/tool.ts";
import { HttpFailure, postJson } from "../api/http.ts";
import { useWords } from "../words/words.tsx";
import { advance, type Progress } from "./guide.ts";
import type { Toast } from "./panel/toast.tsx";
import type { Skin, ToolName } from "./skin.ts";
import type { WebChat, WebPress } from "./use-web-talk.ts";

export type Deeds = {
  readonly progress: Progress;
  readonly say: (tool: ToolName, input: SayInput) => Promise<void>;
  readonly press: (tool: ToolName, input: PressInput) => Promise<void>;
  readonly sayOnWeb: (text: string) => Promise<void>;
  readonly pressOnWeb: (press: WebPress) => Promise<void>;
};

/** All that people do in the panels, with what they are told about it and how far the guide has come. */
export function useDeeds(web: WebChat, show: (skin: Skin, toast: Toast) => void): Deeds {
  const { words } = useWords();
  const [progress, setProgress] = useState<Progress>(0);

  const attempt = useCallback(
    async (skin: Skin, kind: "say" | "press", deed: () => Promise<Toast | null>) => {
      try {
        const toast = await deed();
        if (toast !== null) show(skin, toast);
        if (toast?.tone !== "error") setProgress((now) => advance(now, { skin, kind }));
      } catch (error) {
        show(skin, failure(error, words.failed));
      }
    },
    [show, words],
  );

  return {
    progress,
    say: (tool, input) =>
      attempt(tool, "say", async () => {
        const result = await postJson<PushResult>(`/simulator/api/${tool}/say`, input);
        if (result.delivered) return null;
        const status = result.status === null ? words.noAnswer : `HTTP ${result.status}`;
        return { tone: "error", text: words.undelivered(status, result.attempts), code: null };
      }),
    press: (tool, input) =>
      attempt(tool, "press", async () =>
        toastOf(await postJson<PressResult>(`/simulator/api/${tool}/press`, input)),
      ),
    sayOnWeb: (text) =>
      attempt("web", "say", async () => {
        await web.say(text);
        return null;
      }),
    pressOnWeb: (press) =>
      attempt("web", "press", async () => {
        const outcome = await web.press(press);
        return outcome === null ? null : { tone: outcome.tone, text: outcome.text, code: null };
      }),
  };
}

function toastOf(result: PressResult): Toast | null {
  if (result.error !== null) {
    return { tone: "error", text: result.error.text, code: result.error.code };
  }
  return result.toast === null ? null : { ...result.toast, code: null };
}

function failure(error: unknown, fallback: string): Toast {
  const text = error instanceof HttpFailure ? error.message : fallback;
  return { tone: "error", text, code: null };
}
