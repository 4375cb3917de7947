import type { StoreAnswer } from '#access/admin-api.ts';
import type { Store } from '#access/store.ts';
import { timeText } from '#functions/admin/api/time.ts';

export function storeAnswer({ id, name, settings, created, createdBy, revision }: Store): StoreAnswer {
  return { id, name, settings, created: timeText(created), createdBy, revision };
}
