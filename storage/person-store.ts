import type { Ifi } from '#xapi/agent/ifi.ts';
import type { Agent } from '#xapi/statement/statement.ts';
import type { StoreId } from '#access/store.ts';

/** What is known of agents: the names seen with each Inverse Functional Identifier. */
export interface PersonStore {
  /** Adds the names of these agents to what is known; cheap when they bring nothing new. */
  learn(store: StoreId, agents: readonly Agent[]): Promise<void>;

  /** The names seen with this identifier, in the order they were first seen. */
  names(store: StoreId, ifi: Ifi): Promise<readonly string[]>;
}
