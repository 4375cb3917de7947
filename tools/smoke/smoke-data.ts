import { randomUUID } from 'node:crypto';
import { VOIDING_VERB } from '#xapi/statement/statement.ts';
import type { Statement } from '#xapi/statement/statement.ts';

/** All that is written is below this: nobody else's data is, and no name there ever leads to a host (RFC 2606). */
export const SMOKE_IRI = 'https://serverless-lrs.invalid/smoke';

/** The address of a document. */
export interface Place {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

/** What a run writes, so that it is recognised and can be cleaned up. */
export interface SmokeData {
  readonly run: string;
  readonly agent: { readonly account: { readonly homePage: string; readonly name: string } };
  /** What all documents belong to. */
  readonly activityId: string;
  readonly activity: (name: string) => string;
  readonly state: (stateId: string) => Place;
  readonly activityProfile: (profileId: string) => Place;
  readonly agentProfile: (profileId: string) => Place;
  /** Every place that was asked for. */
  readonly places: readonly Place[];
  /** Statements that are, or may be, stored. */
  readonly statements: Set<string>;
}

type SmokeStatement = Statement & { readonly id: string };

/** @param run names the run; in every IRI and in the account. */
export function smokeData(run: string): SmokeData {
  const activity = (name: string): string => `${SMOKE_IRI}/${run}/${name}`;
  const agent = { account: { homePage: SMOKE_IRI, name: run } };
  const activityId = activity('documents');
  const places: Place[] = [];
  const place = (path: string, query: Readonly<Record<string, string>>): Place => {
    places.push({ path, query });
    return { path, query };
  };
  const agentText = JSON.stringify(agent);
  return {
    run,
    agent,
    activityId,
    activity,
    state: (stateId) => place('/activities/state', { activityId, agent: agentText, stateId }),
    activityProfile: (profileId) => place('/activities/profile', { activityId, profileId }),
    agentProfile: (profileId) => place('/agents/profile', { agent: agentText, profileId }),
    places,
    statements: new Set(),
  };
}

/** @param name of the activity that it is about */
export function aSmokeStatement({ agent, activity }: SmokeData, name: string): SmokeStatement {
  return {
    id: randomUUID(),
    actor: agent,
    verb: { id: `${SMOKE_IRI}/verbs/checked`, display: { en: 'checked' } },
    object: { id: activity(name) },
    timestamp: new Date().toISOString(),
  };
}

export function aVoidingStatement({ agent }: SmokeData, id: string): Statement {
  return { actor: agent, verb: { id: VOIDING_VERB }, object: { objectType: 'StatementRef', id } };
}
