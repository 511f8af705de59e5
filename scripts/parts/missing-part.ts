/** Something real that the demo or a test needs and this machine lacks; the message says what to do. */
export class MissingPart extends Error {}
