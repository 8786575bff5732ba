/** A multipart form with one file. Its name must not hold what a header cannot: other than ASCII is the tool's to allow. */
export function fileForm(
  field: string,
  file: { readonly name: string; readonly mime: string; readonly bytes: Uint8Array },
  values: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  form.set(field, new File([new Uint8Array(file.bytes)], file.name, { type: file.mime }));
  return form;
}
