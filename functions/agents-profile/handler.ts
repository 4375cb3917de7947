import { checkAgent } from '#access/check-records.ts';
import { type DocumentsDeps, documentMethods } from '#http/documents/document-methods.ts';
import type { DocumentRules } from '#http/documents/document-rules.ts';
import { createResource, type GatewayHandler } from '#http/resource.ts';

const RULES: DocumentRules = {
  resource: 'agent-profile',
  idParameter: 'profileId',
  ownerParameters: ['agent'],
  checkLimits: checkAgent,
  deletesAll: false,
};

/** The Agent Profile Resource (xAPI 1.0.3, Communication 2.6; xAPI 2.0, 4.1.6.5). */
export function createHandler(deps: DocumentsDeps): GatewayHandler {
  return createResource('agents-profile', documentMethods(RULES, deps), deps);
}
