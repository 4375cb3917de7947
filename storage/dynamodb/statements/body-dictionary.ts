/**
 * What statements have in common, for the compressor to point at: property names, the words of the specification, ADL's
 * verbs and activity types. The most frequent strings stand last, where references to them are shortest.
 *
 * A dictionary never changes once a statement has been stored with it. A better one gets the next number, and the old one
 * stays for reading.
 */
export const DICTIONARY_1 = Buffer.from(
  [
    'http://adlnet.gov/expapi/activities/cmi.interaction","interactionType":"true-false","correctResponsesPattern":["true"]',
    '"interactionType":"choice","correctResponsesPattern":["","choices":[{"id":"","description":{"en-US":"","scale":[{"id":"',
    '"interactionType":"fill-in"long-fill-in"matching"performance"sequencing"likert"numeric"other"source":[{"id":"","target":[{"id":"steps":[{"id":"',
    'http://id.tincanapi.com/activitytype/http://id.tincanapi.com/extension/http://id.tincanapi.com/verb/https://xapi.com.au/',
    'http://activitystrea.ms/schema/1.0/https://w3id.org/xapi/video/verbs/played https://w3id.org/xapi/video/verbs/paused seeked',
    'https://w3id.org/xapi/video/extensions/time":,"https://w3id.org/xapi/video/extensions/length":,"https://w3id.org/xapi/video/extensions/progress":',
    'https://w3id.org/xapi/video/extensions/session-id":"https://w3id.org/xapi/video/extensions/played-segments":"https://w3id.org/xapi/video',
    'https://w3id.org/xapi/cmi5/context/extensions/sessionid":"https://w3id.org/xapi/cmi5/context/categories/cmi5"https://w3id.org/xapi/cmi5/context/categories/moveon',
    'https://w3id.org/xapi/cmi5/context/extensions/masteryscore":0.,"https://w3id.org/xapi/adl/verbs/waived abandoned satisfied logged-in logged-out',
    'http://adlnet.gov/expapi/attachments/signature","contentType":"application/octet-stream","length":,"sha2":"","fileUrl":"https://',
    '"attachments":[{"usageType":"http://","display":{"en-US":"","description":{"en-US":"","contentType":"text/plain","application/pdf","image/png',
    '"contextAgents":[{"objectType":"contextAgent","agent":{"contextGroups":[{"objectType":"contextGroup","group":{"relevantTypes":["http',
    '"objectType":"SubStatement","actor":{"objectType":"StatementRef","id":"","verb":{"id":"http://adlnet.gov/expapi/verbs/voided","display":{"en-US":"voided"}}',
    '"objectType":"Group","name":"","member":[{"objectType":"Agent","mbox_sha1sum":"","openid":"https://","instructor":{"team":{"objectType":"Group"',
    'http://adlnet.gov/expapi/verbs/registered http://adlnet.gov/expapi/verbs/launched http://adlnet.gov/expapi/verbs/terminated',
    'http://adlnet.gov/expapi/verbs/exited http://adlnet.gov/expapi/verbs/suspended http://adlnet.gov/expapi/verbs/resumed',
    'http://adlnet.gov/expapi/verbs/interacted http://adlnet.gov/expapi/verbs/asked http://adlnet.gov/expapi/verbs/commented',
    'http://adlnet.gov/expapi/verbs/shared http://adlnet.gov/expapi/verbs/scored http://adlnet.gov/expapi/verbs/mastered',
    'http://adlnet.gov/expapi/activities/assessment http://adlnet.gov/expapi/activities/attempt http://adlnet.gov/expapi/activities/file',
    'http://adlnet.gov/expapi/activities/link http://adlnet.gov/expapi/activities/media http://adlnet.gov/expapi/activities/meeting',
    'http://adlnet.gov/expapi/activities/objective http://adlnet.gov/expapi/activities/performance http://adlnet.gov/expapi/activities/profile',
    'http://adlnet.gov/expapi/activities/question http://adlnet.gov/expapi/activities/simulation http://adlnet.gov/expapi/activities/interaction',
    'http://adlnet.gov/expapi/activities/module","moreInfo":"https://http://adlnet.gov/expapi/activities/lesson"',
    '"description":{"en-US":"","description":{"en":"","name":{"de":"","name":{"fr":"","name":{"es":"","und":"',
    '"extensions":{"http://example.com/extensions/"https://example.org/xapi/","revision":"","platform":"","language":"en-US"',
    '"result":{"score":{"scaled":0.85,"raw":85,"min":0,"max":100},"success":true,"completion":true,"response":"","duration":"PT1H30M0.00S"}',
    '"result":{"completion":true,"success":false,"duration":"PT0S","score":{"scaled":1,"raw":',
    '"verb":{"id":"http://adlnet.gov/expapi/verbs/answered","display":{"en-US":"answered"}},"object":{"id":"',
    '"verb":{"id":"http://adlnet.gov/expapi/verbs/attempted","display":{"en-US":"attempted"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/initialized","display":{"en-US":"initialized"}}',
    '"verb":{"id":"http://adlnet.gov/expapi/verbs/failed","display":{"en-US":"failed"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/progressed","display":{"en-US":"progressed"}}',
    '"verb":{"id":"http://adlnet.gov/expapi/verbs/passed","display":{"en-US":"passed"}},"verb":{"id":"http://adlnet.gov/expapi/verbs/experienced","display":{"en-US":"experienced"}}',
    '"verb":{"id":"http://adlnet.gov/expapi/verbs/completed","display":{"en-US":"completed"}},"object":{"objectType":"Activity","id":"https://',
    '"definition":{"type":"http://adlnet.gov/expapi/activities/course","name":{"en-US":"","name":{"en":"","description":{"en-US":"',
    '"context":{"registration":"","contextActivities":{"parent":[{"objectType":"Activity","id":"https://","definition":{"name":{"en-US":"',
    '}}}],"grouping":[{"objectType":"Activity","id":"http://","definition":{"type":"http://adlnet.gov/expapi/activities/course"}}],"category":[{"id":"https://","other":[{"id":"',
    '{"id":"","actor":{"objectType":"Agent","name":"","mbox":"mailto:@example.com"},"verb":{"id":"http://adlnet.gov/expapi/verbs/',
    '"actor":{"name":"","account":{"homePage":"https://","name":""},"objectType":"Agent"},"verb":{"id":"http',
    '","timestamp":"2026-01-01T00:00:00.000Z","stored":"2026-01-01T00:00:00.000Z","authority":{"objectType":"Agent","name":"","account":{"homePage":"',
    '"version":"2.0.0","authority":{"objectType":"Agent","account":{"homePage":"http://","name":"',
    '"},"version":"1.0.0","stored":"20',
  ].join(''),
);
