import type { Issuer } from '#access/issuer.ts';
import { notFound } from '#functions/admin/api/refusals.ts';
import type { AdminDeps } from '#functions/admin/deps.ts';

/** @throws XapiError `resource-not-found` */
export async function managedIssuer({ registry }: Pick<AdminDeps, 'registry'>, id: string): Promise<Issuer> {
  const issuer = await registry.issuer(id);
  if (issuer === undefined) throw notFound('There is no such issuer.', id);
  return issuer;
}
