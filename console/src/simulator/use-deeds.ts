import { useCallback } from "react";
import type { PressInput, PressResult, PushResult, SayInput } from "../../../src/simulator/tool.ts";
import { HttpFailure, postJson } from "../api/http.ts";
import { useWords } from "../words/words.tsx";
import type { Words } from "../words/zh-cn.ts";
import type { Toast } from "./panel/toast.tsx";
import type { Skin, ToolName } from "./skin.ts";
import type { WebChat, WebPress } from "./use-web-talk.ts";

export type Deeds = {
  /** Resolves with whether the tool has taken it. */
  readonly say: (tool: ToolName, input: SayInput) => Promise<boolean>;
  readonly sayOnWeb: (text: string) => Promise<boolean>;
  /** Resolves with whether somebody is told that it succeeded. */
  readonly press: (tool: ToolName, input: PressInput) => Promise<boolean>;
  readonly pressOnWeb: (press: WebPress) => Promise<boolean>;
};

type IsDone = (toast: Toast | null) => boolean;

const isSuccess: IsDone = (toast) => toast?.tone === "success";

/** All that people do in the panels, with what they are told about it. */
export function useDeeds(web: WebChat, show: (skin: Skin, toast: Toast) => void): Deeds {
  const { words } = useWords();

  const attempt = useCallback(
    async (skin: Skin, deed: () => Promise<Toast | null>, isDone: IsDone = () => true) => {
      try {
        const toast = await deed();
        if (toast !== null) show(skin, toast);
        return isDone(toast);
      } catch (error) {
        // The hub explains itself to programs, in English: a person gets its number only.
        const code = error instanceof HttpFailure ? error.message : null;
        show(skin, { tone: "error", text: words.failed, code });
        return false;
      }
    },
    [show, words],
  );

  return {
    say: (tool, input) =>
      attempt(tool, async () =>
        undelivered(await postJson<PushResult>(`/simulator/api/${tool}/say`, input), words),
      ),
    press: (tool, input) =>
      attempt(
        tool,
        async () => toastOf(await postJson<PressResult>(`/simulator/api/${tool}/press`, input)),
        isSuccess,
      ),
    sayOnWeb: (text) =>
      attempt("web", async () => {
        await web.say(text);
        return null;
      }),
    pressOnWeb: (press) =>
      attempt(
        "web",
        async () => {
          const outcome = await web.press(press);
          return outcome === null ? null : { tone: outcome.tone, text: outcome.text, code: null };
        },
        isSuccess,
      ),
  };
}

/** No attempt at all: the tool pushes to a bot only what is meant for it. */
function undelivered({ delivered, status, attempts }: PushResult, words: Words): Toast | null {
  if (delivered) return null;
  if (attempts === 0) return { tone: "info", text: words.notForBot, code: null };
  const answer = status === null ? words.noAnswer : `HTTP ${status}`;
  return { tone: "error", text: words.undelivered(answer, attempts), code: null };
}

function toastOf(result: PressResult): Toast | null {
  if (result.error !== null) {
    return { tone: "error", text: result.error.text, code: result.error.code };
  }
  return result.toast === null ? null : { ...result.toast, code: null };
}
