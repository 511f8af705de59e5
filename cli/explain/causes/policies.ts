import { type KnownReason, PAGES } from "../model/known-reason";

/** Denied calls that the execution role's own policies do not decide. */
export const POLICIES: readonly KnownReason[] = [
  {
    says: "`explicit deny in a service control policy`, `no service control policy allows`",
    pattern: /(service|resource) control policy/i,
    causes: [
      {
        whose: "otherPolicy",
        why: "A policy of your organization (a service or resource control policy) denies the call.",
        fix: "Ask the organization's administrators to allow it, for example for this role or Region.",
      },
    ],
    page: PAGES.accessDenied,
  },
  {
    says: "`no permissions boundary allows`, `explicit deny in a permissions boundary`",
    pattern: /permissions boundary/i,
    causes: [
      {
        whose: "otherPolicy",
        why: "The role's permissions boundary does not allow the call.",
        fix: "Allow it in the boundary. The role's policies must allow it as well.",
      },
    ],
    page: PAGES.accessDenied,
  },
  {
    says: "`no VPC endpoint policy allows`, `explicit deny in a VPC endpoint policy`",
    pattern: /VPC endpoint policy/i,
    causes: [
      {
        whose: "otherPolicy",
        why: "The policy of the VPC endpoint that the task uses does not allow the call.",
        fix: "Allow it in the endpoint's policy.",
      },
    ],
    page: PAGES.accessDenied,
  },
  {
    says: "`no session policy allows`, `explicit deny in a session policy`",
    pattern: /session policy/i,
    causes: [
      {
        whose: "otherPolicy",
        why: "A session policy denies the call. ECS does not set one for the execution role, so another principal made the call.",
        fix: "Look for the principal in the message, and correct the session policy that it was given.",
      },
    ],
    page: PAGES.accessDenied,
  },
  {
    says: "`explicit deny in a resource-based policy`",
    pattern: /explicit deny in a resource-based policy/i,
    causes: [
      {
        whose: "otherPolicy",
        why: "A Deny statement in the policy of the resource (repository, key, secret or bucket) denies the call, often because of a condition such as aws:SourceVpce or aws:SecureTransport.",
        fix: "Exclude the role, or the path that the task takes, from this statement.",
      },
    ],
    page: PAGES.accessDenied,
  },
  {
    says: "`no resource-based policy allows the ecr:... action`",
    pattern: /ecr:.*no resource-based policy allows/i,
    causes: [
      {
        whose: "otherPolicy",
        why: "The policy of {repository} does not allow the role. A repository of another account needs one.",
        fix: "Its owner must add the statement of the output repositoryPolicyStatement to the repository policy. The role must list the repository in imageRepositories as well.",
      },
    ],
    page: PAGES.repositoryPolicy,
  },
  {
    says: "`no resource-based policy allows the kms:Decrypt action`",
    pattern: /kms:.*no resource-based policy allows/i,
    causes: [
      {
        whose: "otherPolicy",
        why: "The policy of the KMS key does not allow the role.",
        fix: "Add the statement of the output keyPolicyStatement to the key policy, and list the key in decryptionKeys.",
      },
    ],
    page: PAGES.accessDenied,
  },
  {
    says: "`no resource-based policy allows`",
    pattern: /no resource-based policy allows/i,
    causes: [
      {
        whose: "otherPolicy",
        why: "The policy of the resource does not allow the role. A secret or a bucket of another account needs one.",
        fix: "Allow the role (principalArn) in the policy of the secret or the bucket.",
      },
    ],
    page: PAGES.accessDenied,
  },
  {
    says: "`explicit deny in an identity-based policy`",
    pattern: /explicit deny in an identity-based policy/i,
    causes: [
      {
        whose: "executionRole",
        why: "A Deny statement in one of the role's own policies denies the call. A permission that you add does not help.",
        fix: "Remove this statement, or exclude the resource from it.",
      },
    ],
    page: PAGES.accessDenied,
  },
  {
    says: "`with an explicit deny`",
    pattern: /with an explicit deny/i,
    causes: [
      {
        whose: "executionRole",
        why: "A Deny statement denies the call: in one of the role's policies, in its permissions boundary, in a policy of your organization, or in the policy of the resource. A permission that you add does not help.",
        fix: "Find the statement, and exclude the resource or the role from it. `check` of this command names it if it is in the role or its boundary.",
      },
    ],
    page: PAGES.accessDenied,
  },
];
