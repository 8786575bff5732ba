import type { Language } from "../core/text.ts";

type Sentence = Readonly<Record<Language, string>>;

/** What the commands say. `{name}` is filled in. */
const WORDS = {
  running: { "zh-CN": "Loopdesk 已启动：{url}", en: "Loopdesk is running: {url}" },
  demo: {
    "zh-CN": "这是演示：飞书、钉钉、企业微信都是本机模拟的。按 Ctrl+C 停止。",
    en: "This is the demo: Feishu, DingTalk and WeCom are simulated on this machine. Ctrl+C stops it.",
  },
  exclusive: {
    "zh-CN": "--demo 和 --config 不能同时用：演示从不与真实账号混在一起。",
    en: "--demo and --config exclude each other: a demo never mixes with real accounts.",
  },
  portTaken: {
    "zh-CN": "端口 {port} 已被别的程序占用，请用 --port 换一个。",
    en: "Port {port} is taken by another program. Choose another one with --port.",
  },
  noPort: {
    "zh-CN": "“{text}”不是端口号，应为 0 到 65535。",
    en: "“{text}” is no port: expected 0 to 65535.",
  },
  "in-use": {
    "zh-CN": "另一个服务正在使用 {folder}。请先停掉它，或用 --data 换一个数据目录。",
    en: "Another hub is running on {folder}. Stop it, or give this one a folder of its own with --data.",
  },
  "newer-schema": {
    "zh-CN": "{folder} 里的数据是更新的版本写的，这个版本读不了。请启动那个版本，或更新的版本。",
    en: "A newer version of Loopdesk wrote the data in {folder}. Start that version, or a newer one.",
  },
  missing: {
    "zh-CN": "{folder} 里还没有数据。先启动一次服务，或用 --data 指定数据目录。",
    en: "There is no data in {folder} yet. Start the hub once, or name its data folder with --data.",
  },
  configErrors: {
    "zh-CN": "{n} 处错误，配置不能使用。",
    en: "{n} errors: the configuration cannot be used.",
  },
  configRight: {
    "zh-CN":
      "配置正确：账号 {accounts}、团队 {teams}、处理人 {agents}、意图 {intents}、知识 {articles}、门店 {stores}。",
    en: "The configuration is right: {accounts} accounts, {teams} teams, {agents} agents, {intents} intents, {articles} articles, {stores} stores.",
  },
  noConfig: {
    "zh-CN": "这里没有 {file}，请用 --config 指定配置文件。",
    en: "There is no {file} here. Name the configuration with --config.",
  },
  noAdminToken: {
    "zh-CN": "请设置环境变量 LOOPDESK_ADMIN_TOKEN，与服务端一致。",
    en: "Set LOOPDESK_ADMIN_TOKEN to the token that the hub knows.",
  },
  inForce: { "zh-CN": "配置已在 {url} 生效。", en: "The configuration is in force at {url}." },
  unreachable: {
    "zh-CN": "连不上 {url}（{reason}）。",
    en: "{url} cannot be reached ({reason}).",
  },
  answered: { "zh-CN": "服务返回了 {status}。", en: "The hub answered {status}." },
  exported: { "zh-CN": "已导出 {n} 行。", en: "{n} rows exported." },
  replayed: {
    "zh-CN": "重新裁决了 {causes} 个起因，得到 {events} 个事件。",
    en: "{causes} causes were decided again, which gave {events} events.",
  },
  replaySame: { "zh-CN": "全部一致，逐字节相同。", en: "All of them are the same, byte for byte." },
  replayDiffers: {
    "zh-CN": "{stream} 在起因 {cause} 处不一致：\n  已存：{stored}\n  重算：{replayed}",
    en: "{stream} comes out differently at cause {cause}:\n  stored:   {stored}\n  replayed: {replayed}",
  },
  nothing: { "zh-CN": "（无）", en: "(nothing)" },
  folded: {
    "zh-CN": "重新折叠了 {streams} 个流的 {events} 个事件。",
    en: "{events} events of {streams} streams were folded.",
  },
  mended: { "zh-CN": "已修正：{stream}", en: "mended: {stream}" },
  allRight: { "zh-CN": "所有当前状态都正确。", en: "Every live row was right." },
  someMended: { "zh-CN": "修正了 {n} 行当前状态。", en: "{n} live rows were put right." },
  letter: {
    "zh-CN": "{kind} {id} {at}  {account}  试了 {attempts} 次  {error}",
    en: "{kind} {id} {at}  {account}  after {attempts} tries  {error}",
  },
  noLetters: { "zh-CN": "没有死信。", en: "There are no dead letters." },
  letters: { "zh-CN": "共 {n} 封死信。", en: "{n} dead letters." },
  newestLetters: {
    "zh-CN": "以上是最新的 {n} 封死信。",
    en: "These are the newest {n} dead letters.",
  },
  revived: {
    "zh-CN": "{n} 封死信将在服务运行时立即重试。",
    en: "{n} dead letters are tried again as soon as a hub runs.",
  },
  noSuchLetter: { "zh-CN": "没有编号为 {id} 的死信。", en: "There is no dead letter {id}." },
} as const satisfies Readonly<Record<string, Sentence>>;

export type Phrase = keyof typeof WORDS;

/** Chinese unless the environment asks for English: LOOPDESK_LANGUAGE, else the terminal's own LANG. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const wanted = env.LOOPDESK_LANGUAGE ?? env.LC_ALL ?? env.LANG ?? "";
  return /^en/i.test(wanted) ? "en" : "zh-CN";
}

export function phrase(
  language: Language,
  name: Phrase,
  params: Readonly<Record<string, string | number>> = {},
): string {
  return WORDS[name][language].replace(/\{(\w+)\}/g, (_all, param: string) =>
    String(params[param] ?? ""),
  );
}
