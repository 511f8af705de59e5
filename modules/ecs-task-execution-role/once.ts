/**
 * Reads an attribute of a resource when somebody asks for it, and once. CDKTF records a stack trace
 * with each reference, which for many roles is most of the time; and other stacks only know a
 * reference that stays the same.
 */
export function once(read: () => string): () => string {
  let reference: string | undefined;
  return () => {
    reference ??= read();
    return reference;
  };
}
