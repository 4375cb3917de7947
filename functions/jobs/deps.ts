import type { StoreId } from '#access/store.ts';
import type { LakeWriter } from '#lake/lake-writer.ts';
import type { RemovalMarks } from '#lake/removals/removal-marks.ts';
import type { RowContext } from '#lake/rows/row.ts';
import type { Logger } from '#runtime/logger.ts';
import type { ActivityStore } from '#storage/activity-store.ts';
import type { AttachmentStore } from '#storage/attachment-store.ts';
import type { FunctionCaller } from '#storage/function-caller.ts';
import type { JobStore } from '#storage/job-store.ts';
import type { ObjectStore } from '#storage/object-store.ts';
import type { StatementStore } from '#storage/statement-store.ts';

export interface JobsDeps {
  readonly logger: Logger;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** What was never given before. */
  readonly newId: () => string;
  readonly jobs: JobStore;
  readonly statements: Pick<StatementStore, 'get' | 'query' | 'consistentThrough'>;
  readonly attachments: Pick<AttachmentStore, 'get'>;
  readonly activities: Pick<ActivityStore, 'get'>;
  /** Of the bucket for exports. */
  readonly objects: ObjectStore;
  readonly lake: Pick<LakeWriter, 'add'>;
  readonly marks: Pick<RemovalMarks, 'add'>;
  /** What the rows of a store in Parquet depend on. */
  readonly rowContext: (store: StoreId) => Promise<RowContext>;
  /** Calls this function. */
  readonly self: FunctionCaller;
  /** Bytes of statements after which a file ends. */
  readonly partBytes: number;
}
