import type { Policy } from "../core/config/policy.ts";
import { mentions } from "../core/intent/store-mention.ts";
import { buildModel, understand } from "../core/intent/understand.ts";
import type { Understander } from "../ports/understander.ts";

/** The classifier in this process, trained on the wordings of a policy. */
export function createEmbeddedUnderstander(policy: Policy): Understander {
  const model = buildModel({
    intents: [...policy.intents.values()],
    articles: [...policy.articles.values()],
  });
  return {
    async understand(text) {
      const { command, whole, safety, exact, candidates } = understand(model, text);
      return { command, whole, safety, exact, candidates };
    },
    storeNames: mentions,
  };
}
