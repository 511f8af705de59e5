/** What keeps a command from its answer, in words for the user. */
export class CouldNotCheck extends Error {}

/** A mistake in how the command was called. */
export class WrongUsage extends Error {}
