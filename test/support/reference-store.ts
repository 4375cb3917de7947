import type { Visibility } from '#access/limits.ts';
import { isVisible } from '#access/visibility.ts';
import { XapiError } from '#xapi/errors.ts';
import { equalStatements } from '#xapi/statement/equality.ts';
import { matchesFilters, type KeyFilters } from '#xapi/statement/matches.ts';
import { statementKeys, type StatementKeys } from '#xapi/statement/statement-keys.ts';
import type { StatementDraft } from '#xapi/statement/statement.ts';
import type { StoreOutcome } from '#storage/statement-store.ts';

interface Kept {
  readonly draft: StatementDraft;
  readonly keys: StatementKeys;
}

/** What a store of statements answers, as plainly as it can be said: a list, and every rule looked up when asked. */
export class ReferenceStore {
  readonly #kept = new Map<string, Kept>();

  /** @throws XapiError `statement-conflict` or `voiding-invalid`, having stored nothing. */
  store(drafts: readonly StatementDraft[]): StoreOutcome {
    const fresh = drafts.filter((draft) => !this.#isReplay(draft));
    const keys = new Map(fresh.map((draft) => [draft.id, statementKeys(draft.value)]));
    for (const { voids } of keys.values()) {
      const target = voids === undefined ? undefined : (keys.get(voids) ?? this.#kept.get(voids)?.keys);
      if (target?.voids !== undefined) throw refusal('voiding-invalid');
    }
    const results = drafts.map(({ id }) => (keys.has(id) ? 'stored' : 'replayed'));
    for (const draft of fresh) this.keep(draft);
    return { results };
  }

  /** Takes what is known to have been stored. */
  keep(draft: StatementDraft): void {
    this.#kept.set(draft.id, { draft, keys: statementKeys(draft.value) });
  }

  get ids(): readonly string[] {
    return [...this.#kept.keys()];
  }

  holds(draft: StatementDraft): boolean {
    const kept = this.#kept.get(draft.id);
    return kept !== undefined && equalStatements(kept.draft.value, draft.value);
  }

  /** A statement that voids another cannot be voided, whichever of the two came first. */
  isVoided(id: string): boolean {
    if (this.#kept.get(id)?.keys.voids !== undefined) return false;
    return [...this.#kept.values()].some(({ keys }) => keys.voids === id);
  }

  /** The ids of what matches, in the order in which they were stored. */
  query(filters: KeyFilters, visible: Visibility = {}): readonly string[] {
    return this.ids.filter((id) => {
      const chain = this.chainOf(id);
      const hidden = chain.findIndex((keys) => !isVisible(keys, visible));
      const seen = hidden === -1 ? chain : chain.slice(0, hidden);
      return seen.length > 0 && !this.isVoided(id) && matchesFilters(seen, filters);
    });
  }

  /** The keys of a statement, of the one it refers to, and so on. */
  chainOf(id: string): readonly StatementKeys[] {
    const chain: StatementKeys[] = [];
    const visited = new Set<string>();
    for (let next: string | undefined = id; next !== undefined && !visited.has(next);) {
      visited.add(next);
      const kept: Kept | undefined = this.#kept.get(next);
      if (kept !== undefined) chain.push(kept.keys);
      next = kept?.keys.target;
    }
    return chain;
  }

  #isReplay(draft: StatementDraft): boolean {
    const kept = this.#kept.get(draft.id);
    if (kept === undefined) return false;
    if (!equalStatements(kept.draft.value, draft.value)) throw refusal('statement-conflict');
    return true;
  }
}

function refusal(code: 'statement-conflict' | 'voiding-invalid'): XapiError {
  return new XapiError({ code, message: 'refused by the reference' });
}
