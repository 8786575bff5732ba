import type { Language } from "../../src/core/text.ts";
import { openCamera } from "./camera.ts";
import { startShotCompany } from "./company.ts";
import { handsOf } from "./hands.ts";
import { castOf } from "./ticket-story.ts";

const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

/** The whole page with one ticket under way, as wide as a desk's screen, a laptop's and a telephone's. */
export async function takePages(language: Language): Promise<void> {
  const company = await startShotCompany({ language, boards: false });
  const camera = await openCamera(company.now);
  try {
    const { clerk, supplier } = castOf(company);
    await handsOf(company, clerk).say("冰柜不制冷了");
    await handsOf(company, clerk).say("S0012");
    await handsOf(company, supplier).press(["接单", "Claim"]);
    for (const size of SIZES) {
      const seats = { feishu: clerk, dingtalk: supplier };
      const name = nameOf(size.width, language);
      await camera.takeSimulator({ url: company.url, language, name, size, seats });
    }
  } finally {
    await camera.close();
    await company.close();
  }
}

/** The first one has the name under which the README shows it. */
function nameOf(width: number, language: Language): string {
  const spoken = language === "en" ? ".en" : "";
  return width === SIZES[0]?.width ? `simulator${spoken}` : `simulator-${width}${spoken}`;
}
