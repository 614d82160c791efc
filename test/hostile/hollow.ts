/** A list that V8 keeps, and sends, as a few bytes. */
export function hollow(length: number): unknown[] {
  const list: unknown[] = [];
  list.length = length;
  return list;
}
