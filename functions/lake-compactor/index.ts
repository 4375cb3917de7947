import { EXPORTS_VARIABLES, exportObjects } from '#functions/exports-deps.ts';
import { createHandler } from '#functions/lake-compactor/handler.ts';
import { LOG_VARIABLES, resourceDeps } from '#functions/resource-deps.ts';
import { RemovalMarks } from '#lake/removals/removal-marks.ts';
import { readEnvironment } from '#runtime/environment.ts';

const environment = readEnvironment([...LOG_VARIABLES, ...EXPORTS_VARIABLES, 'LRS_LAKE_GRACE_MS'], process.env);
const objects = exportObjects(environment);

export const handler = createHandler({
  ...resourceDeps(environment),
  objects,
  marks: new RemovalMarks(objects),
  grace: environment.LRS_LAKE_GRACE_MS,
});
