import type { Access } from '#functions/admin/api/operation.ts';

/** Who may ask for an operation, in words. */
export const ACCESS_WORDS: Readonly<Record<Access, string>> = {
  anybody: 'For everybody.',
  principal: 'For whoever is let in.',
  credential: 'For every credential itself, not for tokens.',
  admin: 'Needs the scope `admin`. In the store `default` it is for every store, elsewhere for the own store.',
  operator: 'Needs the scope `admin` in the store `default`.',
};
