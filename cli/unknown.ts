/*
 * Replaces the construct's `unknown.ts` in the published command. Values from AWS or from a file are always known, so
 * the command does not need CDKTF.
 */

export const isUnknown = (_value: unknown): boolean => false;

export const asList = (value: unknown): readonly string[] => [value ?? []].flat() as string[];

export const unpacked = (element: string): string => element;
