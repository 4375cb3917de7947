import { readParameters } from '#http/parameters/read-parameters.ts';
import { jsonReply } from '#http/reply.ts';
import { createPublicResource, type GatewayHandler, type ResourceDeps } from '#http/resource.ts';

/** Every version a request may ask for (xAPI 1.0.3, Communication 2.8; xAPI 2.0, 4.1.6.7). */
const ABOUT = { version: ['2.0.0', '1.0.3', '1.0.2', '1.0.1', '1.0.0'], extensions: {} };

/** The About Resource, for everybody (xAPI 1.0.3, Communication 2.8; xAPI 2.0, 4.1.6.7). */
export function createHandler(deps: ResourceDeps): GatewayHandler {
  return createPublicResource(
    'about',
    {
      GET: async ({ parameters }) => {
        readParameters(parameters, []);
        return jsonReply(JSON.stringify(ABOUT));
      },
    },
    deps,
  );
}
