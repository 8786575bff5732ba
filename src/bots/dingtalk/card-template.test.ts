import { expect, it } from "vitest";
import { card } from "../../../test/contracts/dingtalk-account.ts";
import { cardTemplate } from "./card-template.ts";
import { renderCard } from "./render.ts";

type Editor = {
  schema: { componentsMap: { componentName: string }[]; componentsTree: unknown[] };
  mockData: { cardData: Record<string, unknown> };
  variableList: { name: string; private: boolean; type: string }[];
  expList: { name: string; expContent: string }[];
};

const editor: Editor = JSON.parse((cardTemplate() as { editorData: string }).editorData);

/** Every value of one key, at any depth. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(inner, key),
  ]);
}

it("is what the file for the card console says (write it with vitest -u)", async () => {
  await expect(`${JSON.stringify(cardTemplate(), null, 2)}\n`).toMatchFileSnapshot(
    "./card-template.json",
  );
});

it("declares the variables that our cards fill, and the two that only an answer fills", () => {
  const declared = (isPrivate: boolean) =>
    editor.variableList.filter((one) => one.private === isPrivate).map((one) => one.name);
  expect(declared(false).sort()).toEqual(Object.keys(renderCard(card, null)).sort());
  expect(declared(true)).toEqual(["toast", "toast_tone"]);
  expect(Object.keys(editor.mockData.cardData).sort()).toEqual(declared(false).sort());
});

it("binds only variables that are declared", () => {
  const known = [...editor.variableList, ...editor.expList].map((one) => one.name);
  const bound = valuesOf(editor.schema.componentsTree, "variable").filter((name) => name !== "");
  expect(bound.length).toBeGreaterThan(10);
  for (const name of bound) expect(known).toContain(String(name).replace(/[[.].*$/, ""));
  const words = valuesOf(editor.schema.componentsTree, "content").filter(
    (content) => typeof content === "string",
  );
  const named = words.flatMap((content) => [...content.matchAll(/\$\{([^}.]+)/g)]);
  expect(named.length).toBeGreaterThan(4);
  for (const [, name] of named) expect([...known, "loop", "event"]).toContain(name);
});

it("names the source of every component, and gives each its own id", () => {
  const used = new Set(valuesOf(editor.schema.componentsTree, "componentName"));
  const sources = editor.schema.componentsMap.map((one) => one.componentName);
  expect([...used].sort()).toEqual([...sources].sort());
  const ids = valuesOf(editor.schema.componentsTree, "id").filter((id) =>
    String(id).startsWith("node_"),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

it("colours the head for every tone", () => {
  const [head] = editor.expList;
  for (const tone of ["success", "warning", "danger", "info"]) {
    expect(head?.expContent).toContain(`tone == '${tone}'`);
  }
});
