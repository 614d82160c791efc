/** The item with this id. Throws what there is instead of it. */
export function find<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  what: string,
): Item {
  const found = items.find((item) => item.id === id);
  if (found !== undefined) return found;
  throw new RangeError(`no ${what} ${id}; there are ${items.map((item) => item.id).join(', ')}`);
}
