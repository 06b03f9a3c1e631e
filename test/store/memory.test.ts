/** The in-memory twin keeps the contract of the store, whatever gives way to whom. */
import { createMemoryStore, createProcess, createWorld } from '../../src/store/memory';
import { describeStore } from './contract';

describeStore('the in-memory twin', async () => {
  const process = createProcess({ turn: () => new Promise((go) => setImmediate(go)), real: () => performance.now() });
  return { store: createMemoryStore(createWorld(), process), drop: async () => undefined };
});
