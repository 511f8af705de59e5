/** A value that only Terraform knows, in input that a tool has read rather than a CDKTF app. */
export class Unknown {
  /** @param expression the text in which Terraform replaces `${...}`. */
  constructor(public readonly expression: string) {}
}
