/** The access levels of actions, most dangerous first. */
export const LEVELS = ["Permissions management", "Write", "Tagging", "Read", "List"] as const;

export type Level = (typeof LEVELS)[number];
