import { createHandler } from '#functions/about/handler.ts';
import { LOG_VARIABLES, resourceDeps } from '#functions/resource-deps.ts';
import { readEnvironment } from '#runtime/environment.ts';

export const handler = createHandler(resourceDeps(readEnvironment(LOG_VARIABLES, process.env)));
