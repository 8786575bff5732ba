import { z } from "zod";
import type { ConfigPath } from "../core/config/finding.ts";
import { accountName, type Config, configSchema } from "../core/config/schema.ts";
import type { UrgentWay } from "../core/message.ts";
import { DESCRIPTIONS } from "./descriptions.ts";

/** How the accounts of one channel are read. */
export type AccountReader = {
  /** Its YAML key: "feishu". */
  readonly name: string;
  readonly kind: "bots" | "channels";
  readonly schema: z.ZodType;
  /** The urgent ways of one account; `config` is what `schema` gave. */
  urgentWays?(config: unknown): readonly UrgentWay[];
};

export type ConfigSchema = z.ZodType<Config>;

/** A node of a JSON Schema, as far as it is read here. */
export type JsonSchema = {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly [key: string]: unknown;
};

/** The schema of the whole file: the core's, with every channel's own for the accounts. */
export function fullSchema(readers: readonly AccountReader[]): ConfigSchema {
  return configSchema.extend({
    bots: accountsOf("bots", readers),
    channels: accountsOf("channels", readers),
  });
}

/** JSON Schema (draft 7) of what may be written in loopdesk.yaml, for editors. */
export function configJsonSchema(schema: ConfigSchema): JsonSchema {
  const json = z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" });
  const { $schema, ...rest } = json as JsonSchema;
  return { $schema, title: "loopdesk.yaml", ...written(rest, "") };
}

/** The keys that may be written at a path; empty where any key may be. */
export function knownKeys(schema: JsonSchema, path: ConfigPath): string[] {
  let nodes = choices(schema);
  for (const step of path) nodes = nodes.flatMap((node) => child(node, step)).flatMap(choices);
  return nodes.flatMap((node) => Object.keys(node.properties ?? {}));
}

function accountsOf(kind: AccountReader["kind"], readers: readonly AccountReader[]) {
  const own = readers.filter((reader) => reader.kind === kind);
  const shape = own.map(
    ({ name, schema }) => [name, z.record(accountName, bodyOf(schema)).prefault({})] as const,
  );
  return z.strictObject(Object.fromEntries(shape)).prefault({});
}

function bodyOf(schema: z.ZodType) {
  return schema.pipe(z.record(z.string(), z.unknown()));
}

function child(node: JsonSchema, step: string | number): JsonSchema[] {
  if (typeof step === "number") return node.items === undefined ? [] : [node.items];
  const { properties = {}, additionalProperties } = node;
  const named = Object.hasOwn(properties, step) ? properties[step] : undefined;
  if (named !== undefined) return [named];
  return typeof additionalProperties === "object" ? [additionalProperties] : [];
}

function choices(node: JsonSchema): JsonSchema[] {
  const some = node.anyOf ?? node.oneOf;
  return some === undefined ? [node] : some.flatMap(choices);
}

/** The schema of values as they are written: described, and with `${NAME}` wherever a text of some form is expected. */
function written(node: JsonSchema, path: string): JsonSchema {
  const at = (step: string) => (path === "" ? step : `${path}.${step}`);
  const { properties, additionalProperties, items, anyOf, oneOf, ...rest } = node;
  const description = DESCRIPTIONS[path];
  const made: JsonSchema = {
    ...(description !== undefined && { description }),
    ...rest,
    ...(properties && {
      properties: mapValues(properties, (value, key) => written(value, at(key))),
    }),
    ...(additionalProperties !== undefined && {
      additionalProperties:
        typeof additionalProperties === "object"
          ? written(additionalProperties, at("*"))
          : additionalProperties,
    }),
    ...(items && { items: written(items, at("*")) }),
    ...(anyOf && { anyOf: anyOf.map((choice) => written(choice, path)) }),
    ...(oneOf && { oneOf: oneOf.map((choice) => written(choice, path)) }),
  };
  if (!hasForm(node)) return made;
  const { description: about, default: usual, ...form } = made;
  return {
    ...(about !== undefined && { description: about }),
    ...(usual !== undefined && { default: usual }),
    anyOf: [form, VARIABLE],
  };
}

const VARIABLE: JsonSchema = { type: "string", pattern: "\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}" };

function hasForm({ type, pattern, format, minLength }: JsonSchema): boolean {
  if (type !== "string") return false;
  const long = typeof minLength === "number" && minLength > 1;
  return long || format !== undefined || (pattern !== undefined && pattern !== "S");
}

function mapValues<A, B>(
  record: Readonly<Record<string, A>>,
  make: (value: A, key: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value, key)]));
}
