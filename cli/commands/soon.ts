/** When a change of who may do what takes effect. */
export const SOON = 'within 30 seconds in the xAPI, within 2 in the management';
