/** Where a variable lives: in the card, or in the entry that a loop is drawing. */
export type Scope = "global" | "loop";

/** One component of the template, before the editor's own bookkeeping is added. */
export type Component = {
  readonly componentName: string;
  readonly title: string;
  readonly props: object;
  readonly children?: readonly Component[];
};

/** How the words of a component name a variable. */
export function shown(name: string): string {
  return `\${${name}}`;
}

export function words(content: string): object {
  return { type: "dynamicString", content, i18n: false };
}

export function bound(name: string, variableType: Scope = "global"): object {
  return { variable: name, variableType };
}

export function chosen(name: string, scope: Scope, value: string): object {
  return { type: "dynamicSelect", valueType: "variable", value, ...bound(name, scope) };
}

export function parameter(name: string, variable: object): object {
  return { type: "variable", value: "", name, id: "1", ...variable };
}

export function fixedParameter(name: string, value: string): object {
  return { type: "fixed", value, name, id: "1", ...bound("") };
}

export function always(): object {
  const condition = { op: "and", conditions: [] };
  return { type: "dynamicVisible", value: true, valueType: "fixed", condition };
}

export function when(name: string, op: string, scope: Scope = "global"): object {
  const only = { op, value: "", type: "variable", valueType: "fixed", valueVariableType: "global" };
  const condition = { op: "and", conditions: [{ ...only, ...bound(name, scope) }] };
  return { type: "dynamicVisible", value: true, valueType: "condition", condition };
}

export function margins(): object {
  return { marginLeft: 12, marginRight: 12, marginTop: 6, marginBottom: 6 };
}

/** `type`: 0 success, 1 neutral, 2 failure. */
export function toast(content: string, type: 0 | 1 | 2): object {
  return {
    event: { actionType: "toast", toastContent: words(content), toastType: type },
    callbacks: { success: {}, failure: {} },
  };
}

export function componentNames(tree: readonly Component[]): string[] {
  const names = tree.flatMap((node) => [
    node.componentName,
    ...componentNames(node.children ?? []),
  ]);
  return [...new Set(names)];
}

export function componentSource(componentName: string): object {
  return {
    package: "@ali/dxComponent",
    version: "1.0.0",
    exportName: componentName,
    main: "./src/index.tsx",
    destructuring: false,
    subName: "",
    componentName,
  };
}

export function counter(): () => number {
  let count = 0;
  return () => ++count;
}

/** Give every component the id and the flags that the editor expects of it. */
export function numbered(node: Component, next: () => number): object {
  const { children, ...rest } = node;
  return {
    ...rest,
    id: `node_loopdesk${next()}`,
    hidden: false,
    isLocked: false,
    condition: true,
    conditionGroup: "",
    ...(children === undefined ? {} : { children: children.map((child) => numbered(child, next)) }),
  };
}
