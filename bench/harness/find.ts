/** The item with this id. Throws an error that lists all ids if there is none. */
export function find<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  what: string,
): Item {
  const found = items.find((item) => item.id === id);
  if (found !== undefined) return found;
  throw new RangeError(`no ${what} ${id}; there are ${items.map((item) => item.id).join(', ')}`);
}
