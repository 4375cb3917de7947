import type { Check } from './check.ts';
import { accessRoutes } from './checks/access-routes.ts';
import { alternateSyntax, longUrls } from './checks/long-requests.ts';
import { attachments } from './checks/attachments.ts';
import { authentication } from './checks/authentication.ts';
import { authorization } from './checks/authorization.ts';
import { binaryDocuments } from './checks/documents.ts';
import { clock } from './checks/clock.ts';
import { compression } from './checks/compression.ts';
import { concurrency } from './checks/concurrency.ts';
import { consistency } from './checks/consistency.ts';
import { cors, preflight } from './checks/cors.ts';
import { errorBodies } from './checks/error-bodies.ts';
import { freshAnswers } from './checks/fresh-answers.ts';
import { head } from './checks/head.ts';
import { headerNames } from './checks/header-names.ts';
import { largeBodies, oversizedBodies } from './checks/bodies.ts';
import { paging } from './checks/paging.ts';
import { plainHttp } from './checks/plain-http.ts';
import { preconditions } from './checks/preconditions.ts';
import { rawQueries } from './checks/raw-queries.ts';
import { reachability } from './checks/reachability.ts';
import { repeatedParameters } from './checks/repeated-parameters.ts';
import { replays, strongReads } from './checks/stored-statements.ts';
import { requestIds } from './checks/request-ids.ts';
import { timing } from './checks/timing.ts';
import { tls } from './checks/tls.ts';
import { tokens } from './checks/tokens.ts';
import { unknownPath } from './checks/unknown-path.ts';
import { versions } from './checks/versions.ts';

/** Every check, in the order they run: what the others need first. The clean-up comes after them. */
export const CHECKS: readonly Check[] = [
  tls,
  plainHttp,
  reachability,
  clock,
  versions,
  authentication,
  authorization,
  accessRoutes,
  tokens,
  headerNames,
  errorBodies,
  requestIds,
  unknownPath,
  preflight,
  cors,
  head,
  strongReads,
  replays,
  attachments,
  binaryDocuments,
  compression,
  preconditions,
  concurrency,
  freshAnswers,
  rawQueries,
  repeatedParameters,
  longUrls,
  alternateSyntax,
  largeBodies,
  oversizedBodies,
  paging,
  consistency,
  timing,
];
