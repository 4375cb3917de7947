import type { Activity } from '#xapi/statement/statement.ts';
import type { StoreId } from '#access/store.ts';

/** What is known of activities: the definitions merged from every statement that carried one. */
export interface ActivityStore {
  /** Merges the definitions of these activities into what is known; cheap when they bring nothing new. */
  learn(store: StoreId, activities: readonly Activity[]): Promise<void>;

  /** The activity with all that is known of it; undefined when nothing is. */
  get(store: StoreId, id: string): Promise<Activity | undefined>;
}
