/**
 * `npm run shots`: pictures of the simulator's page and of every kind of card, made anew into docs/shots. The console must
 * be built (`npm run build`).
 */
import type { Language } from "../src/core/text.ts";
import { takeBoards } from "./shots/boards-shots.ts";
import { openCamera, type Take } from "./shots/camera.ts";
import { startShotCompany } from "./shots/company.ts";
import { otherStory } from "./shots/other-story.ts";
import { takePages } from "./shots/pages.ts";
import { castOf, ticketStory } from "./shots/ticket-story.ts";

/** In English only those whose words are ours; what the demo's people say is Chinese. */
const ENGLISH = new Set(["new", "claimed", "resolved"]);

for (const language of ["zh-CN", "en"] as const) {
  await takePages(language);
  await takeCards(language);
}

async function takeCards(language: Language): Promise<void> {
  const company = await startShotCompany({ language, boards: true });
  const camera = await openCamera(company.now);
  const take: Take = (name, seat, talk) =>
    camera.take({ url: company.url, language, name, seat, talk: talk ?? false });
  try {
    const { team, supplier, repairer, clerk } = castOf(company);
    for (const { kind, play } of ticketStory(company)) {
      await play();
      if (language === "en" && !ENGLISH.has(kind)) continue;
      for (const seat of [team, supplier, repairer]) await take(`ticket-${kind}`, seat);
      await take(`requester-${kind}`, clerk);
      if (kind === "new") await takeBoards(company, camera, language);
    }
    if (language === "en") return;
    for (const { play, shots } of otherStory(company)) {
      await play();
      for (const { name, seat, talk } of shots) await take(name, seat, talk);
    }
  } finally {
    await camera.close();
    await company.close();
  }
}
