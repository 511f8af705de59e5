/** The reason why a command cannot check something, as shown to the user. */
export class CouldNotCheck extends Error {}

/** A mistake in the arguments of the command. */
export class WrongUsage extends Error {}
