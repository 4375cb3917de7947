import type { JobRef } from '#access/job.ts';
import type { Pace } from '#functions/jobs/chunk.ts';
import type { JobsDeps } from '#functions/jobs/deps.ts';
import { GzippedText } from '#functions/jobs/export/gzipped.ts';
import { findContents } from '#http/statements/attachment-contents.ts';
import { attachmentName, exportFolder } from '#storage/export-files.ts';
import { attachmentsOf } from '#xapi/attachment/attachments-of.ts';
import type { Statement, StoredStatement } from '#xapi/statement/statement.ts';
import { statementOf } from '#xapi/statement/statement-of.ts';

/** The attachments of the statements in a part: their contents are copied, once each, and listed. */
export class AttachmentCopies {
  readonly #deps: Pick<JobsDeps, 'attachments' | 'objects'>;
  readonly #ref: JobRef;
  readonly #list = new GzippedText();
  /** Contents that were copied for this part, by their hashes. */
  readonly #copied = new Set<string>();
  isEmpty = true;

  constructor(deps: Pick<JobsDeps, 'attachments' | 'objects'>, ref: JobRef) {
    this.#deps = deps;
    this.#ref = ref;
  }

  async add(statements: readonly StoredStatement[], pace: Pick<Pace, 'beat'>): Promise<void> {
    for (const stored of statements) {
      if (stored.text.includes('"attachments"')) await this.#addOf(stored.id, statementOf(stored), pace);
    }
  }

  /** @returns the list, a JSON object a line, in gzip */
  end(): Promise<Uint8Array> {
    return this.#list.end();
  }

  async #addOf(statementId: string, statement: Statement, pace: Pick<Pace, 'beat'>): Promise<void> {
    const declared = attachmentsOf(statement);
    if (declared.length === 0) return;
    const contents = await this.#copyOf(statement, pace);
    this.isEmpty = false;
    for (const { sha2, contentType, length, usageType, display, fileUrl } of declared) {
      const file = contents.has(sha2.toLowerCase()) ? attachmentName(sha2.toLowerCase()) : undefined;
      await this.#list.add(
        `${JSON.stringify({ statementId, sha2, contentType, length, usageType, display, fileUrl, file })}\n`,
      );
    }
  }

  /** @returns the hashes of the contents that there are, in lower case */
  async #copyOf(statement: Statement, pace: Pick<Pace, 'beat'>): Promise<ReadonlySet<string>> {
    const { attachments, objects } = this.#deps;
    const there = new Set<string>();
    for await (const { sha2, content } of findContents(attachments, this.#ref.store, statement)) {
      await pace.beat();
      if (content === undefined) continue;
      there.add(sha2);
      if (!this.#copied.has(sha2)) await objects.put(`${exportFolder(this.#ref)}${attachmentName(sha2)}`, content);
      this.#copied.add(sha2);
    }
    return there;
  }
}
