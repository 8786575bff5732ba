import type { HookCase } from "./hook-case.ts";
import { dingtalkCase } from "./hook-dingtalk.ts";
import { feishuCase } from "./hook-feishu.ts";
import { wecomCase } from "./hook-wecom.ts";

/** Every channel that a vendor pushes to, by the name under which its tests are shown. */
export const HOOK_CASES: readonly (readonly [string, HookCase])[] = [
  ["Feishu", feishuCase],
  ["DingTalk", dingtalkCase],
  ["WeCom", wecomCase],
];

/** Words of a person with a number of theirs: a ticket follows from them, and no log line may hold any of them. */
export const WORDS = "冰柜坏了，请打 13800001234";
const PERSONAL = ["13800001234", "冰柜坏了"];

/** What the hub has let out into its log or its error replies although it must not. */
export function leaks(
  { secrets }: HookCase,
  { logged, errors }: { readonly logged: readonly string[]; readonly errors: readonly string[] },
): string[] {
  const written = [...logged, ...errors].join("\n");
  return [...secrets, ...PERSONAL].filter((word) => written.includes(word));
}
