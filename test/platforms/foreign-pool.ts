import { ForksPoolWorker, type PoolRunnerInitializer } from 'vitest/node';

/**
 * Runs test files in another Node than vitest's own: vitest itself needs libraries of its system, what runs
 * the files in its processes needs none.
 *
 * @param node - what starts that Node
 */
export function foreignPool(node: string): PoolRunnerInitializer {
  return {
    name: node,
    createPoolWorker: (options) => {
      const worker = new ForksPoolWorker(options);
      const start = worker.start.bind(worker);
      // It forks process.execPath before it waits for anything.
      worker.start = () => {
        const own = process.execPath;
        process.execPath = node;
        try {
          return start();
        } finally {
          process.execPath = own;
        }
      };
      return worker;
    },
  };
}
