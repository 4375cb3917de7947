/**
 * The versions of the specification this LRS speaks. A statement keeps the version it was sent with; the rules of that
 * version decide whether it is valid and what it is equal to.
 */
export const XAPI_VERSIONS = ['1.0.3', '2.0.0'] as const;

export type XapiVersion = (typeof XAPI_VERSIONS)[number];
