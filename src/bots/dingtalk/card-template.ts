import {
  always,
  bound,
  type Component,
  chosen,
  componentNames,
  componentSource,
  counter,
  margins,
  numbered,
  parameter,
  shown,
  toast,
  when,
  words,
} from "./template-parts.ts";
import { headColor, TEMPLATE_SAMPLE, TEMPLATE_VARIABLES } from "./template-variables.ts";

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
      cardPrivateData: { toast: "", toast_tone: "" },
      localData: {},
      richTextData: {},
    },
    editVersion: 0,
    customWidgetInfo: "",
    useCustomWidgetInfo: false,
    variableList: TEMPLATE_VARIABLES,
    formList: [],
    expList: [headColor()],
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
  ];
}

/** A button that sends its click at once and shows the toast of the answer. */
function plainButton(): Component {
  return button("isEmpty", {
    actionType: "eventChain",
    transformToEventChain: true,
    events: [
      {
        event: {
          actionType: "request",
          actionId: words("act"),
          params: [parameter("action", bound("buttons[0].action", "loop"))],
        },
        callbacks: {
          success: toastOfAnswer(),
          failure: { leftEvent: toast("没有送达，请重试", 2) },
        },
      },
    ],
  });
}

/** A button that asks first. Its answer's toast cannot be shown: a confirm box has no callbacks. */
function confirmedButton(): Component {
  return button("isNotEmpty", {
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

function button(confirm: "isEmpty" | "isNotEmpty", click: object): Component {
  return {
    componentName: "SingleButton",
    title: "按钮",
    props: {
      text: words(shown("loop.text")),
      color: chosen("buttons[0].color", "loop", "gray"),
      status: { type: "dynamicSelect", valueType: "fixed", value: "normal", ...bound("") },
      widthMode: "match_parent",
      enableClickEvent: true,
      visible: when("buttons[0].confirm", confirm, "loop"),
      ...click,
      ...margins(),
    },
  };
}

function form(): Component {
  return {
    componentName: "Form",
    title: "表单",
    props: {
      id: "form",
      formSchema: { type: "variableValue", ...bound("form") },
      submitText: words(shown("form_label")),
      status: { type: "dynamicSelect", valueType: "fixed", value: "normal", ...bound("") },
      actionType: "request",
      params: [parameter("action", bound("form_action"))],
      visible: when("has_form", "isTrue"),
      ...margins(),
    },
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
