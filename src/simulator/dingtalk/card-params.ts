import { utf8 } from "../../wire/bytes.ts";
import { asFields, type Fields } from "../fields.ts";
import type { CardParams } from "./cards.ts";
import { ApiRefusal } from "./refusal.ts";

const KEY_BYTES = 100;
const VALUE_BYTES = 1024;

/**
 * The `cardParamMap` of a card's data: texts only, keys of at most 100 bytes, values of at most 1 KB.
 *
 * Null when there is no such data. Anything else is a 400 `param.invalid`. DingTalk docs: create-and-deliver-cards.
 */
export function readCardParams(data: unknown, where: string): CardParams | null {
  if (data === undefined || data === null) return null;
  const fields = asFields(data);
  if (fields === null) throw invalid(`${where} must be an object`);
  const map = fields.cardParamMap === undefined ? {} : asFields(fields.cardParamMap);
  if (map === null) throw invalid(`${where}.cardParamMap must be an object`);
  return readTexts(map, where);
}

/** The `privateData` of a card: variables by userId. DingTalk docs: create-and-deliver-cards. */
export function readPrivateParams(data: unknown): ReadonlyMap<string, CardParams> {
  const people = new Map<string, CardParams>();
  if (data === undefined || data === null) return people;
  const fields = asFields(data);
  if (fields === null) throw invalid("privateData must be an object");
  for (const [person, own] of Object.entries(fields)) {
    people.set(person, readCardParams(own, "privateData") ?? {});
  }
  return people;
}

function readTexts(map: Fields, where: string): CardParams {
  const params: Record<string, string> = {};
  for (const [key, value] of Object.entries(map)) {
    if (utf8(key).length > KEY_BYTES) {
      throw invalid(`a key of ${where}.cardParamMap is longer than ${KEY_BYTES} bytes`);
    }
    if (typeof value !== "string") {
      throw invalid(`${where}.cardParamMap.${key} must be a text, found ${typeof value}`);
    }
    const bytes = utf8(value).length;
    if (bytes > VALUE_BYTES) {
      throw invalid(`${where}.cardParamMap.${key} has ${bytes} bytes, at most ${VALUE_BYTES} fit`);
    }
    params[key] = value;
  }
  return params;
}

function invalid(message: string): ApiRefusal {
  return new ApiRefusal(400, "param.invalid", message);
}
