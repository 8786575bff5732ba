/**
 * Which attributes the elements of card JSON 2.0 take, beside `tag`, `element_id` and `margin`. Others are an error.
 *
 * Feishu docs: card-json-v2-structure, card-json-v2-components, card-json-v2-breaking-changes-release-notes.
 */
const ELEMENT_ATTRIBUTES: Readonly<Record<string, string>> = {
  markdown: "content text_size text_align icon i18n_content",
  div: "text icon width fields",
  hr: "",
  img: "img_key alt title scale_type size corner_radius transparent preview",
  column_set: "flex_mode horizontal_spacing horizontal_align background_style action columns",
  column:
    "width weight horizontal_align vertical_align direction horizontal_spacing vertical_spacing padding background_style action elements",
  form: "name direction horizontal_spacing vertical_spacing horizontal_align vertical_align padding elements",
  interactive_container:
    "name width height direction horizontal_spacing vertical_spacing horizontal_align vertical_align background_style has_border border_color corner_radius padding behaviors disabled disabled_tips hover_tips confirm elements",
  collapsible_panel:
    "expanded header border direction horizontal_spacing vertical_spacing horizontal_align vertical_align background_color padding elements",
  button:
    "text type size width icon hover_tips disabled disabled_tips confirm behaviors name form_action_type",
  input:
    "name required placeholder default_value disabled disabled_tips hover_tips width max_length input_type show_icon rows auto_resize max_rows label label_position value behaviors confirm",
  select_static:
    "name type required disabled placeholder initial_option initial_index width options behaviors confirm",
  multi_select_static:
    "name type required disabled placeholder selected_values width options behaviors confirm",
  select_person:
    "name type required disabled placeholder initial_option width options behaviors confirm",
  multi_select_person:
    "name type required disabled placeholder selected_values width options behaviors confirm",
  date_picker: "name type required disabled placeholder initial_date value width behaviors confirm",
  picker_time: "name type required disabled placeholder initial_time value width behaviors confirm",
  picker_datetime:
    "name type required disabled placeholder initial_datetime value width behaviors confirm",
  overflow: "width options value confirm behaviors",
  checker:
    "name checked text overall_checkable button_area checked_style padding confirm behaviors hover_tips disabled disabled_tips",
};

const COMMON = ["tag", "element_id", "margin"];

const KNOWN: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries(ELEMENT_ATTRIBUTES).map(([tag, own]) => [
    tag,
    new Set([...COMMON, ...own.split(" ")]),
  ]),
);

/** Elements that exist in 2.0 but whose attributes the simulator does not look at. */
const UNCHECKED = new Set(
  "table chart person person_list img_combination select_img audio".split(" "),
);

/** The attributes that an element takes; "any" for one that is not looked at, null for a tag that 2.0 does not have. */
export function attributesOf(tag: string): ReadonlySet<string> | "any" | null {
  return KNOWN.get(tag) ?? (UNCHECKED.has(tag) ? "any" : null);
}

/** Tags of card JSON 1.0 that 2.0 gave up. Feishu docs: card-json-v2-breaking-changes-release-notes. */
export const RETIRED_TAGS: ReadonlySet<string> = new Set(["action", "note"]);

/** Elements that ask for something, and therefore need a name inside a form. Feishu docs: form-container. */
export const INTERACTIVE_TAGS: ReadonlySet<string> = new Set(
  "button input select_static multi_select_static select_person multi_select_person date_picker picker_time picker_datetime select_img checker".split(
    " ",
  ),
);

export const CARD_ATTRIBUTES: ReadonlySet<string> = new Set(
  "schema config card_link header body".split(" "),
);
export const CONFIG_ATTRIBUTES: ReadonlySet<string> = new Set(
  "streaming_mode streaming_config summary locales enable_forward update_multi width_mode use_custom_translation enable_forward_interaction style".split(
    " ",
  ),
);
export const HEADER_ATTRIBUTES: ReadonlySet<string> = new Set(
  "title subtitle text_tag_list i18n_text_tag_list template icon padding".split(" "),
);
export const BODY_ATTRIBUTES: ReadonlySet<string> = new Set(
  "direction padding horizontal_spacing horizontal_align vertical_spacing vertical_align elements".split(
    " ",
  ),
);
export const TEXT_ATTRIBUTES: ReadonlySet<string> = new Set(
  "tag element_id content i18n_content text_size text_color text_align lines icon".split(" "),
);

/** Feishu docs: title component of card JSON 2.0. */
export const HEADER_COLOURS: ReadonlySet<string> = new Set(
  "blue wathet turquoise green yellow orange red carmine violet purple indigo grey default".split(
    " ",
  ),
);
/** Feishu docs: button component of card JSON 2.0. */
export const BUTTON_TYPES: ReadonlySet<string> = new Set(
  "default primary danger text primary_text danger_text primary_filled danger_filled laser".split(
    " ",
  ),
);
export const BUTTON_SIZES: ReadonlySet<string> = new Set(["tiny", "small", "medium", "large"]);
