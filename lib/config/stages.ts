/** `prod` keeps its data when its stacks are deleted, `dev` is thrown away with them. */
export const STAGES = ['dev', 'prod'] as const;

export type Stage = (typeof STAGES)[number];
