import { checkActivityProfile } from '#access/check-records.ts';
import { type DocumentsDeps, documentMethods } from '#http/documents/document-methods.ts';
import type { DocumentRules } from '#http/documents/document-rules.ts';
import { createResource, type GatewayHandler } from '#http/resource.ts';

const RULES: DocumentRules = {
  resource: 'activity-profile',
  idParameter: 'profileId',
  ownerParameters: ['activityId'],
  checkLimits: checkActivityProfile,
  deletesAll: false,
};

/** The Activity Profile Resource (xAPI 1.0.3, Communication 2.7; xAPI 2.0, 4.1.6.6). */
export function createHandler(deps: DocumentsDeps): GatewayHandler {
  return createResource('activities-profile', documentMethods(RULES, deps), deps);
}
