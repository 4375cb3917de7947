import type { AuthorizedResourceDeps } from '#http/resource.ts';
import type { ActivityStore } from '#storage/activity-store.ts';
import type { AttachmentStore } from '#storage/attachment-store.ts';
import type { PersonStore } from '#storage/person-store.ts';
import type { StatementStore } from '#storage/statement-store.ts';

export interface StatementsDeps extends AuthorizedResourceDeps {
  readonly statements: StatementStore;
  readonly attachments: AttachmentStore;
  readonly activities: ActivityStore;
  readonly persons: PersonStore;
  /** A new random UUID with each call. */
  readonly newId: () => string;
  /** Of all resources, for example `/xapi`: what `more` begins with. */
  readonly basePath: string;
}
