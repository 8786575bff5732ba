/** One language's sentences by key. `{name}` in a sentence is filled from the text's params. */
export type Catalog = Readonly<Record<string, string>>;
