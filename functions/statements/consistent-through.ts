import { type Middleware, onRequest } from '#http/middleware/middleware.ts';
import type { StatementStore } from '#storage/statement-store.ts';

/**
 * Tells with every answer up to which moment it is complete (xAPI 1.0.3, Communication 2.1.3). Asked before anything is
 * read: what is stored while a page is read is not on it.
 */
export function consistentThrough(statements: Pick<StatementStore, 'consistentThrough'>): Middleware {
  return onRequest((request) => {
    const header = { 'X-Experience-API-Consistent-Through': new Date(statements.consistentThrough()).toISOString() };
    return { ...request, replyHeaders: { ...request.replyHeaders, ...header } };
  });
}
