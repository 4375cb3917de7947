import { checkState } from '#access/check-records.ts';
import { type DocumentsDeps, documentMethods } from '#http/documents/document-methods.ts';
import type { DocumentRules } from '#http/documents/document-rules.ts';
import { createResource, type GatewayHandler } from '#http/resource.ts';

const RULES: DocumentRules = {
  resource: 'state',
  idParameter: 'stateId',
  ownerParameters: ['activityId', 'agent', 'registration'],
  checkLimits: checkState,
  deletesAll: true,
};

/** The State Resource (xAPI 1.0.3, Communication 2.3; xAPI 2.0, 4.1.6.2). */
export function createHandler(deps: DocumentsDeps): GatewayHandler {
  return createResource('activities-state', documentMethods(RULES, deps), deps);
}
