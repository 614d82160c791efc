/** Asked instead of what the scenario asks: how much CPU time has the answering process used? */
export const cpuQuestion = 'bench:cpu';
