import { checkActivity } from '#access/check-records.ts';
import { iriParameter } from '#http/parameters/parameter-values.ts';
import { readParameters, requireParameter } from '#http/parameters/read-parameters.ts';
import { taggedJsonReply } from '#http/reply.ts';
import { type AuthorizedResourceDeps, createResource, type GatewayHandler } from '#http/resource.ts';
import type { ActivityStore } from '#storage/activity-store.ts';

export interface ActivitiesDeps extends AuthorizedResourceDeps {
  readonly activities: ActivityStore;
}

/**
 * The Activities Resource (xAPI 1.0.3, Communication 2.5; xAPI 2.0, 4.1.6.4): the activity with all that is known of
 * its definition. Of an activity never seen there is nothing to tell but its id.
 */
export function createHandler(deps: ActivitiesDeps): GatewayHandler {
  return createResource(
    'activities',
    {
      GET: async ({ parameters, principal }) => {
        const values = readParameters(parameters, ['activityId']);
        const id = iriParameter('activityId', requireParameter(values, 'activityId'));
        if (principal.limits !== undefined) checkActivity(principal.limits, { activityId: id });
        const known = await deps.activities.get(principal.store, id);
        return taggedJsonReply(JSON.stringify(known ?? { objectType: 'Activity', id }));
      },
    },
    deps,
  );
}
