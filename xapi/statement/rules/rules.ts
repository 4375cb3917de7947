import { anonymousGroupHasMembers } from '#xapi/statement/rules/anonymous-group-has-members.ts';
import { authorityIsAgentOrPair } from '#xapi/statement/rules/authority-is-agent-or-pair.ts';
import { componentIdsAreDistinct } from '#xapi/statement/rules/component-ids-are-distinct.ts';
import { componentListsFitInteraction } from '#xapi/statement/rules/component-lists-fit-interaction.ts';
import { interactionHasType } from '#xapi/statement/rules/interaction-has-type.ts';
import { oneIdentifier } from '#xapi/statement/rules/one-identifier.ts';
import { revisionAndPlatformNeedActivity } from '#xapi/statement/rules/revision-and-platform-need-activity.ts';
import type { Rule } from '#xapi/statement/rules/rule.ts';
import { scoreInRange } from '#xapi/statement/rules/score-in-range.ts';
import { signatureIsOctetStream } from '#xapi/statement/rules/signature-is-octet-stream.ts';
import { voidingNamesStatement } from '#xapi/statement/rules/voiding-names-statement.ts';
import type {
  ActivityDefinition,
  Actor,
  Attachment,
  Score,
  Statement,
  SubStatement,
} from '#xapi/statement/statement.ts';

/** All rules beyond the JSON Schemas, by what they look at, in the order in which they are applied. */
export const STATEMENT_RULES: readonly Rule<Statement>[] = [authorityIsAgentOrPair];
export const EXPERIENCE_RULES: readonly Rule<Statement | SubStatement>[] = [
  revisionAndPlatformNeedActivity,
  voidingNamesStatement,
];
export const ACTOR_RULES: readonly Rule<Actor>[] = [oneIdentifier, anonymousGroupHasMembers];
export const DEFINITION_RULES: readonly Rule<ActivityDefinition>[] = [
  interactionHasType,
  componentListsFitInteraction,
  componentIdsAreDistinct,
];
export const SCORE_RULES: readonly Rule<Score>[] = [scoreInRange];
export const ATTACHMENT_RULES: readonly Rule<Attachment>[] = [signatureIsOctetStream];
