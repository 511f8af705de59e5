import { Unknown } from "../modules/ecs-task-execution-role/unknown-value";

/*
 * Replaces the construct's `unknown.ts` in the published command. Only a synthesized stack has unknown values, and
 * they are marked, so the command does not need CDKTF.
 */

export const isUnknown = (value: unknown): boolean => value instanceof Unknown;

export const asList = (value: unknown): readonly string[] => [value ?? []].flat() as string[];

export const unpacked = (element: string): string => element;
