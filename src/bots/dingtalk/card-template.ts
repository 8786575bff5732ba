import {
  always,
  bound,
  type Component,
  chosen,
  componentNames,
  componentSource,
  counter,
  fixedParameter,
  margins,
  numbered,
  parameter,
  shown,
  toast,
  when,
  words,
} from "./template-parts.ts";
import {
  headColor,
  TEMPLATE_PRIVATE_SAMPLE,
  TEMPLATE_SAMPLE,
  TEMPLATE_VARIABLES,
  toastLine,
} from "./template-variables.ts";

/**
 * The template of our DingTalk cards, in the form that the card console imports; `card-template.json` is its JSON.
 *
 * The format has no documentation. This follows the exports in open-dingtalk/dingtalk-card-examples and
 * soimy/openclaw-channel-dingtalk; the compiled part (`widgetInfo`) is left to the console, which makes it on saving.
 */
export function cardTemplate(): object {
  const card = { componentName: "Card", title: "", props: cardProps(), children: components() };
  const editorData = {
    schemaVersion: "3.0.0",
    schema: {
      version: "1.0.0",
      componentsMap: componentNames([card]).map(componentSource),
      componentsTree: [numbered(card, counter())],
      i18n: {},
    },
    mockData: {
      cardData: TEMPLATE_SAMPLE,
      cardPrivateData: TEMPLATE_PRIVATE_SAMPLE,
      localData: {},
      richTextData: {},
    },
    editVersion: 0,
    customWidgetInfo: "",
    useCustomWidgetInfo: false,
    variableList: TEMPLATE_VARIABLES,
    formList: [],
    expList: [headColor(), toastLine()],
    localList: [],
    hsfList: [],
    lwpList: [],
    extension: {
      extendType: "NORMAL",
      fileTypeList: [{ fileName: "event_chain", fileSource: "{}", fileType: "json" }],
    },
  };
  return { editorData: JSON.stringify(editorData), widgetInfo: "", type: "im", mode: "card" };
}

function components(): Component[] {
  return [
    {
      componentName: "CardHeaderV2",
      title: "卡片头部",
      props: {
        title: words(shown("title")),
        color: chosen("head_color", "global", "blue"),
        visible: always(),
        ...margins(),
      },
    },
    {
      componentName: "BaseText",
      title: "状态",
      props: {
        text: words(shown("subtitle")),
        visible: when("subtitle", "isNotEmpty"),
        ...margins(),
      },
    },
    {
      componentName: "Markdown",
      title: "正文",
      props: {
        content: { type: "dynamicMarkdown", valueType: "variable", value: "", ...bound("body") },
        visible: when("body", "isMarkdownNotEmpty"),
        ...margins(),
      },
    },
    {
      componentName: "Loop",
      title: "按钮",
      props: {
        listData: { type: "variableValue", ...bound("buttons") },
        direction: "vertical",
        visible: always(),
      },
      children: [plainButton(), confirmedButton()],
    },
    form(),
    {
      componentName: "BaseText",
      title: "点击结果",
      props: {
        text: words(shown("toast_line")),
        visible: when("toast_line", "isNotEmpty"),
        ...margins(),
      },
    },
  ];
}

function plainButton(): Component {
  return loopButton("isEmpty", sending([parameter("action", bound("buttons[0].action", "loop"))]));
}

/** A button that asks first. A confirm box has no callbacks, so only the line below tells how its click ended. */
function confirmedButton(): Component {
  return loopButton("isNotEmpty", {
    actionType: "confirm",
    confirmTitle: words(shown("loop.text")),
    confirmMessage: words(shown("loop.confirm")),
    confirmOkText: words("确定"),
    confirmOkAction: "request",
    confirmOkReqActionActionId: words("act"),
    confirmOkReqActionParams: [parameter("action", bound("buttons[0].action", "loop"))],
    confirmCancelText: words("取消"),
    confirmCancelAction: "none",
  });
}

function loopButton(confirm: "isEmpty" | "isNotEmpty", click: object): Component {
  return button({
    text: words(shown("loop.text")),
    color: chosen("buttons[0].color", "loop", "gray"),
    visible: when("buttons[0].confirm", confirm, "loop"),
    ...click,
  });
}

function button(props: object): Component {
  return {
    componentName: "SingleButton",
    title: "按钮",
    props: {
      status: { type: "dynamicSelect", valueType: "fixed", value: "normal", ...bound("") },
      widthMode: "match_parent",
      enableClickEvent: true,
      ...props,
      ...margins(),
    },
  };
}

/**
 * The form, with a button of ours in it: the built-in one has neither a colour to choose nor callbacks.
 *
 * Such a button's request must be part of an event chain and have a parameter `form`, which the client fills with the
 * fields. DingTalk docs: form-variables (自定义提交按钮和事件).
 */
function form(): Component {
  const params = [parameter("action", bound("form_action")), fixedParameter("form", "form")];
  const submit = button({
    text: words(shown("form_label")),
    color: chosen("form_color", "global", "gray"),
    visible: always(),
    ...sending(params),
  });
  return {
    componentName: "Form",
    title: "表单",
    props: {
      id: "form",
      formSchema: { type: "variableValue", ...bound("form") },
      customSubmitEvent: true,
      status: { type: "dynamicSelect", valueType: "fixed", value: "normal", ...bound("") },
      visible: when("has_form", "isTrue"),
      ...margins(),
    },
    children: [submit],
  };
}

/** Send a click, and show the toast of its answer. DingTalk docs: chain-of-events. */
function sending(params: readonly object[]): object {
  const request = { actionType: "request", actionId: words("act"), params };
  const failure = { leftEvent: toast("没有送达，请重试", 2) };
  return {
    actionType: "eventChain",
    transformToEventChain: true,
    events: [{ event: request, callbacks: { success: toastOfAnswer(), failure } }],
  };
}

function toastOfAnswer(): object {
  const toldSomething = {
    type: "eventData",
    eventData: "cardPrivateData.toast",
    op: "isNotEmpty",
    value: "",
    valueType: "fixed",
    valueVariableType: "global",
  };
  return {
    leftEvent: toast(shown("event.cardPrivateData.toast"), 1),
    condition: { op: "and", conditions: [toldSomething] },
  };
}

function cardProps(): object {
  return { summaryContent: { type: "variableValue", ...bound("title") }, hasCardHeader: true };
}
