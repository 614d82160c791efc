const begin = '<!-- private parts: begin, made by scripts/electron/private-parts.ts -->';
const end = '<!-- private parts: end -->';

/** @throws Error where the document has no place for it */
export function withTable(document: string, table: string): string {
  const [before, after] = [document.indexOf(begin), document.indexOf(end)];
  if (before < 0 || after < before) throw new Error(`There has to be ${begin} and ${end}.`);
  return `${document.slice(0, before + begin.length)}\n\n${table}\n\n${document.slice(after)}`;
}
