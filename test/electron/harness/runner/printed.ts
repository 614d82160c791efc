/** What the applications of the tests print: a line `result <JSON>` for each result. */
export function resultsIn<Result>(output: string): Result[] {
  const lines = output.split('\n').filter((line) => line.startsWith('result '));
  return lines.map((line) => JSON.parse(line.slice(7)) as Result);
}

/** What ringwire has said on the console. */
export function saidIn(output: string): string[] {
  return output.split('\n').filter((line) => line.startsWith('ringwire: '));
}
