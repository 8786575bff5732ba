import { expect, it } from "vitest";
import { card } from "../../../test/contracts/dingtalk-account.ts";
import { cardTemplate } from "./card-template.ts";
import { renderCard } from "./render.ts";
import { cardReply } from "./reply.ts";
import { shown } from "./template-parts.ts";

type Editor = {
  schema: { componentsMap: { componentName: string }[]; componentsTree: unknown[] };
  mockData: { cardData: Record<string, unknown>; cardPrivateData: Record<string, unknown> };
  variableList: { name: string; private: boolean; type: string }[];
  expList: { name: string; expContent: string }[];
};

type Component = { componentName: string; children?: Component[] };

const editor: Editor = JSON.parse((cardTemplate() as { editorData: string }).editorData);

/** Every value of one key, at any depth. */
function valuesOf(value: unknown, key: string): unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name === key ? [inner] : []),
    ...valuesOf(inner, key),
  ]);
}

/** Every component of one kind, at any depth. */
function componentsNamed(kind: string, tree: unknown = editor.schema.componentsTree): Component[] {
  const nodes = tree as readonly Component[];
  return nodes.flatMap((node) => [
    ...(node.componentName === kind ? [node] : []),
    ...componentsNamed(kind, node.children ?? []),
  ]);
}

it("is what the file for the card console says (write it with vitest -u)", async () => {
  await expect(`${JSON.stringify(cardTemplate(), null, 2)}\n`).toMatchFileSnapshot(
    "./card-template.json",
  );
});

it("declares the variables that our cards fill, and those that only an answer fills", () => {
  const { userPrivateData } = JSON.parse(cardReply(null, null).body);
  const privateNames = Object.keys(userPrivateData.cardParamMap);
  const declared = (isPrivate: boolean) =>
    editor.variableList.filter((one) => one.private === isPrivate).map((one) => one.name);
  expect(declared(false).sort()).toEqual(Object.keys(renderCard(card, null)).sort());
  expect(declared(true)).toEqual(privateNames);
  expect(Object.keys(editor.mockData.cardData).sort()).toEqual(declared(false).sort());
  expect(Object.keys(editor.mockData.cardPrivateData)).toEqual(privateNames);
});

it("shows how a click ended on the card itself, while the card is as that click left it", () => {
  const line = editor.expList.find(({ name }) => name === "toast_line");
  expect(line?.expContent).toBe("toast_version == version ? toast : ''");
  const texts = valuesOf(editor.schema.componentsTree, "content");
  expect(texts).toContain(shown("toast_line"));
});

it("sends a form by a button of ours inside it, from an event chain that has the parameter form", () => {
  const forms = componentsNamed("Form");
  expect(forms).toHaveLength(1);
  expect(valuesOf(forms, "customSubmitEvent")).toEqual([true]);
  expect(valuesOf(forms, "events")).toMatchObject([
    [{ event: { actionType: "request", params: [{ name: "action" }, { name: "form" }] } }],
  ]);
  expect(valuesOf(forms, "color")).toMatchObject([{ variable: "form_color" }]);
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
