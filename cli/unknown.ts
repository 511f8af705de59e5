/*
 * Stands for the construct's `unknown.ts` in the published command: what AWS or a file says is always known, and so
 * the command needs no CDKTF.
 */

export const isUnknown = (_value: unknown): boolean => false;

export const asList = (value: unknown): readonly string[] => [value ?? []].flat() as string[];

export const unpacked = (element: string): string => element;
