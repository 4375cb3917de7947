import type { XapiVersion } from '#xapi/version.ts';

/** Subject → where each version of the specification treats it. */
const SECTIONS = {
  statement: ['Data 2.4', '4.2.2'],
  id: ['Data 2.4.1', '4.2.4.2'],
  actor: ['Data 2.4.2', '4.2.2.1'],
  group: ['Data 2.4.2.2', '4.2.2.1'],
  identifier: ['Data 2.4.2.3', '4.2.2.1'],
  account: ['Data 2.4.2.4', '4.2.2.1'],
  verb: ['Data 2.4.3', '4.2.2.2'],
  object: ['Data 2.4.4', '4.2.2.3'],
  activity: ['Data 2.4.4.1', '4.2.2.3'],
  interaction: ['Data 2.4.4.1', '4.2.2.3'],
  'statement-ref': ['Data 2.4.4.3', '4.2.2.3'],
  'sub-statement': ['Data 2.4.4.3', '4.2.2.3'],
  result: ['Data 2.4.5', '4.2.2.4'],
  score: ['Data 2.4.5.1', '4.2.2.4'],
  context: ['Data 2.4.6', '4.2.2.5'],
  'context-activities': ['Data 2.4.6.2', '4.2.2.5'],
  timestamp: ['Data 2.4.7', '4.2.4.2'],
  stored: ['Data 2.4.8', '4.2.4.2'],
  authority: ['Data 2.4.9', '4.2.4.2'],
  version: ['Data 2.4.10', '4.2.4.3'],
  attachments: ['Data 2.4.11', '4.2.2.6'],
  voiding: ['Data 2.3.2', '4.2.5'],
  signature: ['Data 2.6', '4.2.6'],
  extensions: ['Data 4.1', '4.2.7'],
  'language-map': ['Data 4.2', '4.2.7'],
  duration: ['Data 4.6', '4.2.7'],
} as const;

export type Subject = keyof typeof SECTIONS;

/** For example `xAPI 1.0.3, Data 2.4.2.3` or `xAPI 2.0, 4.2.2.1`. */
export function sectionOn(subject: Subject, version: XapiVersion): string {
  const [first, second] = SECTIONS[subject];
  return version === '1.0.3' ? `xAPI 1.0.3, ${first}` : `xAPI 2.0, ${second}`;
}

const SUBJECT_OF_PROPERTY: Readonly<Record<string, Subject>> = {
  actor: 'actor',
  instructor: 'context',
  team: 'context',
  agent: 'context',
  group: 'context',
  member: 'group',
  mbox: 'identifier',
  mbox_sha1sum: 'identifier',
  openid: 'identifier',
  account: 'account',
  verb: 'verb',
  display: 'language-map',
  object: 'object',
  definition: 'activity',
  interactionType: 'interaction',
  correctResponsesPattern: 'interaction',
  choices: 'interaction',
  scale: 'interaction',
  source: 'interaction',
  target: 'interaction',
  steps: 'interaction',
  description: 'language-map',
  result: 'result',
  score: 'score',
  duration: 'duration',
  context: 'context',
  contextActivities: 'context-activities',
  timestamp: 'timestamp',
  stored: 'stored',
  authority: 'authority',
  version: 'version',
  attachments: 'attachments',
  extensions: 'extensions',
};

/** The subject of the innermost property on the way to a value of a statement. */
export function subjectOf(steps: readonly (string | number)[]): Subject {
  if (steps.length === 1 && steps[0] === 'id') return 'id';
  const name = steps.findLast((step) => typeof step === 'string' && Object.hasOwn(SUBJECT_OF_PROPERTY, step));
  return (name === undefined ? undefined : SUBJECT_OF_PROPERTY[name]) ?? 'statement';
}
