/**
 * Remember what `load` made of a secret, for the last `limit` secrets to arrive.
 *
 * Deriving and importing a key costs more than using it. A load that failed is not remembered.
 */
export function keyCache<Key>(
  load: (secret: string) => Promise<Key>,
  limit = 64,
): (secret: string) => Promise<Key> {
  const keys = new Map<string, Promise<Key>>();
  return (secret) => {
    const known = keys.get(secret);
    if (known !== undefined) return known;
    const loading = load(secret);
    keys.set(secret, loading);
    loading.catch(() => keys.delete(secret));
    if (keys.size > limit) dropOldest(keys);
    return loading;
  };
}

function dropOldest(keys: Map<string, unknown>): void {
  const oldest = keys.keys().next();
  if (oldest.done !== true) keys.delete(oldest.value);
}
