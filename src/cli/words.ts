import type { Language } from "../core/text.ts";

type Sentence = Readonly<Record<Language, string>>;

/** What the commands say. `{name}` is filled in, `{name|one|many}` picks a form by the number. */
const SAID = {
  running: { "zh-CN": "Loopdesk 已启动：{url}", en: "Loopdesk is running: {url}" },
  demo: {
    "zh-CN": "这是演示：飞书、钉钉、企业微信都是本机模拟的。按 Ctrl+C 停止。",
    en: "This is the demo: Feishu, DingTalk and WeCom are simulated on this machine. Ctrl+C stops it.",
  },
  exclusive: {
    "zh-CN": "--demo 和 --config 不能同时用：演示从不与真实账号混在一起。",
    en: "--demo and --config exclude each other: a demo never mixes with real accounts.",
  },
  exclusiveFile: {
    "zh-CN": "--demo 和文件名不能同时用：--demo 检查的是演示自己的配置。",
    en: "--demo and a file exclude each other: --demo checks the demo's own configuration.",
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
    "zh-CN":
      "{folder} 里还没有数据。先启动一次服务，或用 --data 指定数据目录；演示的数据用 --demo。",
    en: "There is no data in {folder} yet. Start the hub once, or name its data folder with --data; --demo finds the demo's.",
  },
  unusable: {
    "zh-CN":
      "数据目录 {folder} 不能用（{reason}）。请检查它是不是可以写入的目录，里面的 loopdesk.db 是不是完好的数据库。",
    en: "The data folder {folder} cannot be used ({reason}). See that it is a folder that can be written to, and its loopdesk.db a sound database.",
  },
  "demo-data": {
    "zh-CN": "{folder} 里是演示的数据，演示从不与真实账号混在一起。请用 --data 换一个数据目录。",
    en: "{folder} holds the demo's data, and a demo never mixes with real accounts. Name another data folder with --data.",
  },
  "real-data": {
    "zh-CN":
      "{folder} 里是真实账号的数据，演示从不与真实账号混在一起。请用 --data 给演示另外指定数据目录。",
    en: "{folder} holds the data of real accounts, and a demo never mixes with those. Give the demo another data folder with --data.",
  },
  replayEnv: {
    "zh-CN": "存下的配置有地方读不出来。请像启动时那样设好环境变量；演示的数据请加 --demo。",
    en: "A stored configuration cannot be read. Set the environment as for start; for the demo's data, add --demo.",
  },
  configErrors: {
    "zh-CN": "{n} 处错误，配置不能使用。",
    en: "{n} {n|error|errors}: the configuration cannot be used.",
  },
  configRight: {
    "zh-CN":
      "配置正确：账号 {accounts}、团队 {teams}、处理人 {agents}、意图 {intents}、知识 {articles}、门店 {stores}。",
    en: "The configuration is right: {accounts} {accounts|account|accounts}, {teams} {teams|team|teams}, {agents} {agents|agent|agents}, {intents} {intents|intent|intents}, {articles} {articles|article|articles}, {stores} {stores|store|stores}.",
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
  exported: { "zh-CN": "已导出 {n} 行。", en: "{n} {n|row|rows} exported." },
  replayed: {
    "zh-CN": "重新裁决了 {causes} 个起因，得到 {events} 个事件。",
    en: "{causes} {causes|cause was|causes were} decided again, which gave {events} {events|event|events}.",
  },
  replaySame: { "zh-CN": "全部一致，逐字节相同。", en: "Everything is the same, byte for byte." },
  replayDiffers: {
    "zh-CN": "{stream} 在起因 {cause} 处不一致：\n  已存：{stored}\n  重算：{replayed}",
    en: "{stream} comes out differently at cause {cause}:\n  stored:   {stored}\n  replayed: {replayed}",
  },
  nothing: { "zh-CN": "（无）", en: "(nothing)" },
  folded: {
    "zh-CN": "重新折叠了 {streams} 个流的 {events} 个事件。",
    en: "{events} {events|event|events} of {streams} {streams|stream|streams} folded.",
  },
  mended: { "zh-CN": "已修正：{stream}", en: "mended: {stream}" },
  allRight: { "zh-CN": "所有当前状态都正确。", en: "Every live row was right." },
  someMended: {
    "zh-CN": "修正了 {n} 行当前状态。",
    en: "{n} live {n|row was|rows were} put right.",
  },
  letter: {
    "zh-CN": "{kind} {id} {at}  {account}  试了 {attempts} 次  {error}",
    en: "{kind} {id} {at}  {account}  after {attempts} {attempts|try|tries}  {error}",
  },
  noLetters: { "zh-CN": "没有死信。", en: "There are no dead letters." },
  letters: { "zh-CN": "共 {n} 封死信。", en: "{n} dead {n|letter|letters}." },
  newestLetters: {
    "zh-CN": "以上是最新的 {n} 封死信。",
    en: "These are the newest {n} dead letters.",
  },
  revived: {
    "zh-CN": "{n} 封死信将在服务运行时立即重试。",
    en: "{n} dead {n|letter is|letters are} tried again as soon as a hub runs.",
  },
  noSuchLetter: { "zh-CN": "没有编号为 {id} 的死信。", en: "There is no dead letter {id}." },
} as const satisfies Readonly<Record<string, Sentence>>;

/** What `--help` says. */
const HELP = {
  program: {
    "zh-CN": "消息里的服务台：每个请求都一直推进，直到提问的人说解决了。",
    en: "A chat-ops hub that keeps every request moving until the person who asked says it is solved.",
  },
  exitCodes: {
    "zh-CN": "退出码：0 完成，1 发现问题，2 命令写错了，3 数据目录不能用。",
    en: "Exit codes: 0 done, 1 a problem was found, 2 wrong command line, 3 the data folder cannot be used.",
  },
  help: { "zh-CN": "显示帮助", en: "show help" },
  version: { "zh-CN": "显示版本号", en: "show the version" },
  start: {
    "zh-CN": "启动服务台；没有自己的配置时，启动带模拟器的演示",
    en: "run the hub; without a configuration of your own, the demo with its simulators",
  },
  config: {
    "zh-CN": "配置文件（默认 $LOOPDESK_CONFIG，没有就用当前目录的 {file}）",
    en: "the configuration (default: $LOOPDESK_CONFIG, else ./{file} if there is one)",
  },
  startDemo: {
    "zh-CN": "不管有没有配置，都启动演示",
    en: "run the demo whatever configuration there is",
  },
  data: {
    "zh-CN": "数据目录（默认 $LOOPDESK_DATA，没有就用 data，演示用 data/demo）",
    en: "the data folder (default: $LOOPDESK_DATA, else data, or data/demo for the demo)",
  },
  port: { "zh-CN": "端口；0 表示任选一个空闲的", en: "the port; 0 takes any free one" },
  host: {
    "zh-CN": "监听地址（演示默认 127.0.0.1，否则监听所有地址）",
    en: "the address to listen on (default: 127.0.0.1 for the demo, else all)",
  },
  check: {
    "zh-CN": "检查配置，按文件、行、列指出哪里不对",
    en: "read a configuration and name what is wrong by file, line and column",
  },
  checkFile: {
    "zh-CN": "配置文件（默认与 start 相同）",
    en: "the configuration (default: as for start)",
  },
  checkDemo: { "zh-CN": "检查演示自己的配置", en: "check the demo's own configuration" },
  export: {
    "zh-CN": "把所有数据按 JSON 行写到标准输出",
    en: "write all data as JSON lines to the standard output",
  },
  dataDemo: { "zh-CN": "演示的数据", en: "the demo's data" },
  replay: {
    "zh-CN": "把每个决定重做一遍，逐字节比对事件",
    en: "decide everything again and compare the events byte for byte",
  },
  rebuild: {
    "zh-CN": "重新折叠所有事件，纠正不对的当前状态；须先停掉服务",
    en: "fold all events again and put live rows right; the hub must be stopped",
  },
  push: {
    "zh-CN": "让 Cloudflare Workers 上的服务台换用这份配置",
    en: "put a configuration into force on a hub that runs on Cloudflare Workers",
  },
  to: { "zh-CN": "服务台的地址", en: "the hub's address" },
  deadLetters: {
    "zh-CN": "处理不了或发不出去的",
    en: "what could not be worked or delivered",
  },
  list: { "zh-CN": "列出死信，最新的在前", en: "show the dead letters, newest first" },
  replayLetters: {
    "zh-CN": "重试死信：写明编号的，或全部",
    en: "try dead letters again: those named, or all",
  },
} as const satisfies Readonly<Record<string, Sentence>>;

type Params = Readonly<Record<string, string | number>>;

/** Chinese unless the environment asks for English: LOOPDESK_LANGUAGE, else the terminal's own LANG. */
export function languageOf(env: Readonly<Record<string, string | undefined>>): Language {
  const wanted = env.LOOPDESK_LANGUAGE ?? env.LC_ALL ?? env.LANG ?? "";
  return /^en/i.test(wanted) ? "en" : "zh-CN";
}

export function phrase(language: Language, name: keyof typeof SAID, params: Params = {}): string {
  return filled(SAID[name][language], params);
}

export function helpText(language: Language, name: keyof typeof HELP, params: Params = {}): string {
  return filled(HELP[name][language], params);
}

function filled(sentence: string, params: Params): string {
  return sentence.replace(
    /\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g,
    (_all, name: string, one?: string, many?: string) =>
      String((one === undefined ? params[name] : params[name] === 1 ? one : many) ?? ""),
  );
}
