/** A program that the demo or a test needs and that is missing on this machine. The message says what to do. */
export class MissingTool extends Error {}
