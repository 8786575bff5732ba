/** What a person can ask of the desk itself, in fixed words. */
export type Command =
  | "human"
  | "cancel"
  | "urge"
  | "solved"
  | "unsolved"
  | "status"
  | "help"
  | "greeting"
  | "thanks"
  /** A pick from a menu, by its number; named as the buttons of the menu are. */
  | "choose_0"
  | "choose_1"
  | "choose_2";

/** Words that mean the command when they are the whole message, courtesies aside. */
export const WHOLE: Readonly<Record<Command, readonly string[]>> = {
  human: list(`
    人工, 转人工, 人工客服, 人工服务, 转人工客服, 转接人工, 接人工, 找人工, 要人工, 人工坐席, 真人, 真人客服
    客服, 找客服, 转客服, 联系客服, 在线客服, 找人, 找个人
    human, agent, operator, representative, live agent, real person, real human, customer service
    talk to a human, talk to an agent, talk to someone, speak to a human, speak to an agent, speak to someone`),
  cancel: list(`
    取消, 算了, 不用了, 不需要了, 不要了, 不办了, 没事了, 撤销, 撤回, 先不用, 不用管了
    cancel, never mind, nevermind, forget it, no need, not needed anymore, stop`),
  urge: list(`
    催, 催催, 催办, 催单, 催一下, 加急, 快点, 快一点, 搞快点, 怎么还没, 怎么还没来, 人呢, 还要多久, 多久能好
    any update, any updates, any news, hurry, hurry up, urgent, how much longer`),
  solved: list(`
    已解决, 解决了, 已经解决, 已经解决了, 问题解决了, 问题已解决, 好了, 已经好了, 都好了, 修好了, 已修好, 搞定, 搞定了
    可以了, 没问题了
    solved, resolved, fixed, it works, it works now, works now, problem solved, all good, all good now
    it is solved, it's solved, it's fixed, that solved it`),
  unsolved: list(`
    未解决, 没解决, 没有解决, 还没解决, 没好, 还没好, 没有好, 没修好, 没用, 没有用, 没帮助, 还是不行, 不行, 没搞定
    都不是, 以上都不是, 都不对
    not solved, unsolved, not resolved, unresolved, not fixed, didn't help, not helpful, didn't work
    it didn't work, still broken, still not working, no luck, none of these, none of them, neither`),
  status: list(`
    查询, 进度, 工单, 查进度, 查工单, 查询进度, 查询工单, 工单查询, 进度查询, 我的工单, 工单进度, 工单状态, 处理进度
    status, progress, my ticket, my tickets, ticket status, check status, track`),
  help: list(`
    帮助, 菜单, 功能, 使用说明, 怎么用, 怎么使用, 你能做什么, 你会什么, 你能干什么, 有什么功能
    help, menu, what can you do, how does this work, how do i use this`),
  greeting: list(`
    你好, 您好, 你们好, 大家好, 早, 早安, 早上好, 上午好, 中午好, 下午好, 晚上好, 在吗, 在么, 在不在, 有人吗, 有人在吗
    哈喽, 哈啰, 嗨, 喂
    hi, hello, hey, hi there, hello there, hey there, anyone there, greetings
    good morning, good afternoon, good evening`),
  thanks: list(`
    谢谢, 谢谢你, 谢谢您, 谢谢啦, 谢了, 多谢, 感谢, 非常感谢, 太感谢了, 辛苦了, 麻烦了, 好的, 好, 好嘞, 好滴, 好哒, 嗯, 嗯嗯, 行
    收到, 知道了, 明白, 明白了, 了解, 了解了
    thanks, thank you, thank you very much, thanks a lot, many thanks, thx, ty, ok, okay, got it, understood, noted, great`),
  choose_0: list(
    "1, 一, 第一个, 第1个, 选一, 选1, 1号, 回复1, reply 1, first, the first, the first one, option 1, number 1",
  ),
  choose_1: list(
    "2, 二, 第二个, 第2个, 选二, 选2, 2号, 回复2, reply 2, second, the second, the second one, option 2, number 2",
  ),
  choose_2: list(
    "3, 三, 第三个, 第3个, 选三, 选3, 3号, 回复3, reply 3, third, the third, the third one, option 3, number 3",
  ),
};

/**
 * Phrases that mean the command anywhere in a message, in the order in which they win: asking for a person outranks
 * everything, and 怎么还没解决 urges rather than answers. `solved` has none on purpose: a denial, a question or a
 * quotation of it contains the same words.
 */
export const CONTAINED: readonly (readonly [Command, readonly string[]])[] = [
  [
    "human",
    list(`
      转人工, 转接人工, 接人工, 找人工, 要人工, 人工客服, 人工服务, 人工坐席, 真人客服, 找客服, 转客服
      human agent, live agent, real person, human being, customer service representative
      talk to a human, talk to a person, talk to an agent, talk to someone, talk to a real
      speak to a human, speak to a person, speak to an agent, speak to someone, speak with a human`),
  ],
  [
    "urge",
    list(`
      催办, 催一下, 催催, 催单, 再催, 帮忙催, 怎么还没, 怎么还不, 为什么还没, 还没人来, 还没有人, 没人处理, 没人管
      等了很久, 等了好久, 等很久了, 等好久了, 到底什么时候, 什么时候才
      any update, any updates, any news on, hurry up, still waiting, no one has come, nobody has come
      how much longer, following up on my`),
  ],
  [
    "unsolved",
    list(`
      没解决, 未解决, 没有解决, 没能解决, 没有被解决, 还没修好, 没修好, 没有修好, 还是不行, 还是坏的
      not solved, not been solved, unsolved, not resolved, unresolved, not fixed, isn't fixed, isn't solved
      isn't resolved, wasn't fixed, didn't help, did not help, didn't solve, did not solve
      still not working, still broken, still doesn't work`),
  ],
  [
    "cancel",
    list(`
      取消工单, 取消报修, 取消这个单, 取消这张单, 撤销工单, 撤回工单, 撤销报修, 不用修了, 不用来了
      cancel my ticket, cancel the ticket, cancel this ticket
      cancel my request, cancel the request, cancel this request`),
  ],
  [
    "status",
    list(`
      工单进度, 工单状态, 处理进度, 维修进度, 报修进度, 查进度, 查询进度, 查下进度, 查一下进度, 进度怎么样, 什么进度
      处理到哪, 到哪一步, 到哪步
      ticket status, status of my ticket, status of my request, status of the ticket, check my ticket`),
  ],
];

/** Phrases that must reach a person at once, wherever they stand and even if denied: missing one costs more. */
export const SAFETY: readonly string[] = list(`
  受伤, 烫伤, 烧伤, 割伤, 划伤, 砸伤, 摔伤, 流血, 骨折, 昏迷, 晕倒, 休克, 窒息, 呕吐, 住院, 急诊, 救护车, 死亡, 轻生, 自杀
  中毒, 过敏反应, 过敏了, 起疹子, 吃坏肚子, 拉肚子, 上吐下泻, 异物
  着火, 起火, 失火, 火灾, 冒烟, 爆炸, 漏电, 触电, 电到人, 煤气泄漏, 燃气泄漏, 煤气味, 漏煤气
  媒体, 记者, 曝光, 上新闻, 律师, 起诉, 法院, 我要报警, 已经报警, 打110, 派出所, 消协, 消费者协会, 市监局, 市场监管
  食药监, 12315, 12345, 12320
  injured, injury, bleeding, unconscious, fainted, ambulance, got burned, scalded, suicide
  poisoned, poisoning, allergic reaction, vomiting, on fire, caught fire, smoke coming, explosion, exploded
  electric shock, electrocuted, gas leak, police, lawyer, attorney, lawsuit, sue you, journalist, reporter
  the press, news media`);

/** Everyday words that contain a phrase of the two lists above and mean something else. */
export const HARMLESS: readonly string[] = list(`
  漏电保护, 防漏电, 多媒体, 自媒体, 流媒体, 新媒体, 媒体播放, 社交媒体, 曝光量, 曝光率
  有没有解决, 人工作, 人工费, 人工成本, 人工智能, 人工服务费`);

/** Said before a request without changing it. */
export const COURTESY_BEFORE: readonly string[] = list(`
  你好, 您好, 请, 请问, 麻烦, 麻烦你, 麻烦您, 帮我, 帮忙, 给我, 我要, 我想, 我想要, 我需要, 需要, 那, 那就
  hi, hello, please, can you, could you, can i, i want, i want to, i need, i need a, i need an, i need to
  i would like to, i'd like to, ok, yes`);

/** Said after a request without changing it. */
export const COURTESY_AFTER: readonly string[] = list(`
  吧, 啊, 呀, 呢, 哦, 哈, 啦, 嘛, 谢谢, 谢谢你, 谢谢您, 多谢, 感谢, 一下
  please, pls, thanks, thank you, now`);

/** What stands right before a contained phrase when it is not wanted: 不用转人工, don't talk to... */
export const DENIED =
  /(?:不要|不用|不想|不需要|无需|不必|别|勿)(?:再|给我|帮我)*$|(?:don't|do not|no need to|not)(?: (?:want|need|have) to)? $/;

function list(words: string): string[] {
  return words.trim().split(/\s*[,\n]\s*/);
}
