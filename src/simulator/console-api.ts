import { type Context, Hono } from "hono";
import { z } from "zod";
import { streamChanges } from "./change-stream.ts";
import type { ToolClock, ToolSimulator } from "./tool.ts";

const id = z.string().min(1).max(200);

const SaySchema = z
  .strictObject({
    person: id,
    chat: id,
    text: z.string().max(5000),
    mention: z.boolean().optional(),
    quotes: id.optional(),
    attachment: z
      .strictObject({ kind: z.enum(["image", "file"]), name: z.string().min(1).max(200) })
      .optional(),
  })
  .refine((input) => input.text.trim() !== "" || input.attachment !== undefined, {
    path: ["text"],
    message: "expected some words or an attachment, found neither",
  });

const PressSchema = z.strictObject({
  person: id,
  message: id,
  button: z.string().min(1).max(4000),
  values: z.record(z.string().max(200), z.string().max(5000)).optional(),
});

export type SimulatorApiOptions = {
  readonly tools: readonly ToolSimulator[];
  /** Paces the stream of changes; default: real time. */
  readonly clock?: ToolClock;
};

/**
 * What the simulator page talks to, to be mounted at `/simulator/api`: `GET /state`, `GET /events` (SSE),
 * `POST /:tool/say` and `POST /:tool/press`. Errors are RFC 9457 problem details.
 */
export function createSimulatorApi(options: SimulatorApiOptions): Hono {
  const { tools } = options;
  return new Hono()
    .get("/state", (c) => c.json({ tools: tools.map((tool) => tool.view()) }))
    .get("/events", (c) => streamChanges(c, tools, options.clock ?? realClock))
    .post("/:tool/say", (c) =>
      act(c, tools, SaySchema, (tool, input) => tool.say(withoutUndefined(input))),
    )
    .post("/:tool/press", (c) =>
      act(c, tools, PressSchema, (tool, input) => tool.press(withoutUndefined(input))),
    );
}

async function act<Input>(
  c: Context,
  tools: readonly ToolSimulator[],
  schema: z.ZodType<Input>,
  run: (tool: ToolSimulator, input: Input) => Promise<object>,
): Promise<Response> {
  const tool = tools.find(({ name }) => name === c.req.param("tool"));
  if (tool === undefined) return noSuchTool(c.req.param("tool") ?? "", tools);
  // Without this a page of another origin could make a browser send such a request unasked.
  if (!c.req.header("content-type")?.startsWith("application/json")) {
    return problem(415, "expected content-type application/json");
  }
  const body: unknown = await c.req.json().catch(() => undefined);
  if (body === undefined) return problem(400, "expected a JSON body, found something else");
  const parsed = schema.safeParse(body);
  if (!parsed.success) {
    const errors = parsed.error.issues.map(({ path, message }) => ({
      path: path.join("."),
      message,
    }));
    return problem(400, "the body is not what this action takes", { errors });
  }
  try {
    return Response.json(await run(tool, parsed.data));
  } catch (error) {
    return problem(400, error instanceof Error ? error.message : "the simulator refused this");
  }
}

/** The answer to a request for a tool that is not simulated. */
export function noSuchTool(name: string, tools: readonly ToolSimulator[]): Response {
  const known = tools.map((tool) => tool.name).join(", ");
  return problem(404, `there is no simulated tool "${name}"; there are: ${known}`);
}

function problem(status: number, detail: string, more: object = {}): Response {
  return Response.json(
    { type: "about:blank", status, detail, ...more },
    { status, headers: { "content-type": "application/problem+json" } },
  );
}

/** What remains of `T` once keys with the value undefined are gone. */
type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(value: T): Present<T> {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as Present<T>;
}

const realClock: ToolClock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener("abort", done);
    }),
};
