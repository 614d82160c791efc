/** Asks the answering process how much CPU time it has used. */
export const cpuQuestion = 'bench:cpu';
