import type { IssuerAnswer } from '#access/admin-api.ts';
import type { Issuer } from '#access/issuer.ts';
import { timeText } from '#functions/admin/api/time.ts';

export function issuerAnswer(issuer: Issuer): IssuerAnswer {
  const { id, issuer: name, audiences, jwksUri, scopes, store, disabled, created, createdBy, revision } = issuer;
  return {
    id,
    issuer: name,
    audiences,
    ...(jwksUri !== undefined && { jwksUri }),
    scopes,
    store,
    disabled,
    created: timeText(created),
    createdBy,
    revision,
  };
}
