import {
  CheckCircleFilled,
  CloseCircleFilled,
  ExclamationCircleFilled,
  InfoCircleFilled,
} from "@ant-design/icons";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Skin } from "../skin.ts";

export type Toast = {
  readonly tone: "success" | "info" | "warning" | "error";
  readonly text: string;
  /** The vendor's own number of an error. */
  readonly code: string | null;
};

const SIGNS = {
  success: <CheckCircleFilled />,
  info: <InfoCircleFilled />,
  warning: <ExclamationCircleFilled />,
  error: <CloseCircleFilled />,
} as const;

const SHOWN_MS = { success: 3200, info: 3200, warning: 5000, error: 7000 } as const;

/** What a tool tells its user for a moment. The element stays in the page, so that it is read out when it changes. */
export function ToastPlace({ skin, toast }: { readonly skin: Skin; readonly toast: Toast | null }) {
  return (
    <div className="toast-place" role="status" aria-live="polite" data-testid={`toast-${skin}`}>
      {toast !== null && (
        <div className={`toast is-${toast.tone}`}>
          <span className="toast-sign" aria-hidden="true">
            {SIGNS[toast.tone]}
          </span>
          <span>
            {toast.text}
            {toast.code !== null && <small className="toast-code">{toast.code}</small>}
          </span>
        </div>
      )}
    </div>
  );
}

export type Toasts = Readonly<Partial<Record<Skin, Toast>>>;

/** The toasts of all panels: each is shown for some seconds, and a newer one takes its place. */
export function useToasts(): { toasts: Toasts; show: (skin: Skin, toast: Toast) => void } {
  const [toasts, setToasts] = useState<Toasts>({});
  const timers = useRef(new Map<Skin, ReturnType<typeof setTimeout>>());

  const show = useCallback((skin: Skin, toast: Toast) => {
    clearTimeout(timers.current.get(skin));
    setToasts((all) => ({ ...all, [skin]: toast }));
    timers.current.set(
      skin,
      setTimeout(() => setToasts(({ [skin]: _gone, ...others }) => others), SHOWN_MS[toast.tone]),
    );
  }, []);

  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running.values()) clearTimeout(timer);
    };
  }, []);
  return { toasts, show };
}
