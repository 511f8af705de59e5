import { type KnownReason, PAGES } from "../model/known-reason";
import { RUNBOOK } from "./network";

const NO_ROUTE = `In a private subnet, route to a NAT gateway or create the {endpoints}, with private DNS and port 443 open. ${RUNBOOK}`;

/** Secrets, parameters and their keys. */
export const SECRETS: readonly KnownReason[] = [
  {
    says: "`you can't perform this operation on the secret because it was marked for deletion`",
    pattern: /marked (for deletion|deleted)|secret.*(scheduled for deletion|was deleted)/i,
    whose: "secret",
    why: "The secret is being deleted: Secrets Manager keeps it until the recovery window ends, and nobody can read it.",
    fix: "Run `aws secretsmanager restore-secret --secret-id NAME`, or create the secret under a new name and use its ARN in the task definition.",
    page: PAGES.secrets,
  },
  {
    says: "`Secrets Manager can't find the specified secret value for staging label: AWSCURRENT`",
    pattern: /specified secret value for (staging label|VersionId)|staging labels? \S+ (not found|does)/i,
    whose: "secret",
    why: "The secret exists but has no value yet, or not this version.",
    fix: "Store a value (`aws secretsmanager put-secret-value`) before the task starts, or correct the version in valueFrom.",
    page: PAGES.secrets,
  },
  {
    says: "`Secrets Manager can't find the specified secret`, `The task can't retrieve the secret with ARN '...' from AWS Secrets Manager`",
    pattern:
      /can['’]?t find the specified secret|retrieve the secret with ARN|ResourceNotFoundException.*secret(?!.*log ?(group|stream))/i,
    whose: "secret",
    why: "{secret} does not exist in this account and Region: it is misspelled, deleted, not created yet, or in another Region.",
    fix: "Create the secret, or correct its ARN in the task definition.",
    page: PAGES.notFound,
  },
  {
    says: "`minimum field size of 32, GetSecretValueInput.VersionId`, `unexpected ARN format with parameters`, `invalid ARN format for the AWS Secrets Manager secret`",
    pattern:
      /invalid '?valueFrom|Invalid Arn\b|GetSecretValueInput|minimum field size|unexpected ARN format|could not find a secretsmanager secretID|arn: (invalid|not enough)|ValidationException.*(secret|versionId|Invalid name)|Invalid name\. Must be a valid name|invalid (arn|resource) (prefix|format)|parameter name specified for secret|(secretId|versionId|versionStage|names)'? failed to satisfy/i,
    whose: "definition",
    why: "A valueFrom is malformed: for a secret it needs all its colons. Otherwise, the JSON key is read as the version, or the value as the name of a parameter.",
    fix: "Write ARN:json-key:version-stage:version-id with empty parts at the end, for example ARN:password::, or the ARN alone for the whole value. For a parameter, write its name or its ARN.",
    page: PAGES.secrets,
  },
  {
    says: "`did not contain json key`",
    pattern: /did not contain json key|secret does not have key|json key .*(not found|does not exist)/i,
    whose: "secret",
    why: "The secret's JSON does not have the key {jsonKey} that valueFrom names. Keys are case-sensitive.",
    fix: "Add the key to the secret, or correct it in valueFrom. A new task definition is needed only for the latter.",
    page: PAGES.secrets,
  },
  {
    says: "`AuthorizationData is malformed, empty field`, `unable to unmarshal secret value, invalid schema`",
    pattern:
      /AuthorizationData is malformed|asm fetching (authorization data|username|password)|unmarshal secret value, invalid schema|empty secrets value|registry auth from asm.*(invalid character|unmarshal|malformed)/i,
    whose: "secret",
    why: "The registry secret in repositoryCredentials has the wrong form.",
    fix: 'Store {"username": "...", "password": "..."} as its value.',
    page: PAGES.privateRegistry,
  },
  {
    says: "`invalid character '...' looking for beginning of value`",
    pattern: /invalid character '|unexpected end of JSON|cannot unmarshal|unmarshal.*secret|not (a )?valid JSON/i,
    whose: "secret",
    why: "valueFrom names a JSON key, but the secret's value is not JSON: it is plain text, or the shell removed the quotes when the secret was stored.",
    fix: 'Store valid JSON, for example {"password": "..."}, or drop the key from valueFrom to use the whole value.',
    page: PAGES.secrets,
  },
  {
    says: "`kms` ... `is disabled`, `KMSInvalidStateException`",
    pattern: /KMSInvalidState|DisabledException|kms.*(is disabled|pending (deletion|import))|key.* is disabled/i,
    whose: "key",
    why: "The KMS key is disabled, or is being deleted.",
    fix: "Enable the key (`aws kms enable-key`), cancel its deletion (`aws kms cancel-key-deletion`), or encrypt the secret with another key.",
    page: PAGES.keyState,
  },
  {
    says: "`kms:Decrypt` is denied, or `Access to KMS is not allowed`",
    pattern:
      /kms:Decrypt|Access to KMS is not allowed|ciphertext refers to a (customer master )?key|DecryptionFailure|can['’]?t decrypt|KMS\.?(NotFound|AccessDenied)|not allowed to (access|use) (the |this )?(kms )?key/i,
    whose: "executionRole",
    why: "The secret, parameter or file is encrypted with a customer managed KMS key, and the execution role is not allowed to decrypt with it.",
    fix: "List the key's ARN (not an alias) in decryptionKeys. Container definitions do not show it.",
    field: "decryptionKeys",
    page: PAGES.executionRole,
    others: [
      {
        whose: "otherPolicy",
        why: "The key policy does not let IAM policies decide, or the key is in another account. (With the AWS managed key aws/secretsmanager, a secret cannot be read from another account at all.)",
        fix: "Add the statement of the output keyPolicyStatement to the key policy.",
      },
    ],
  },
  {
    says: "`invalid ssm parameters: ...`, `invalid parameters: ...`",
    pattern: /invalid (ssm )?parameters: \S*\/?aws\/reference\/secretsmanager/i,
    whose: "secret",
    why: "{parameter} refers to a secret that does not exist in this account and Region, or that the execution role is not allowed to read.",
    fix: "Create the secret, or correct its name. List the parameter in parameters: that grants the secret too.",
    page: PAGES.parameterReferences,
  },
  {
    says: "`invalid ssm parameters`, `invalid parameters`, `ParameterNotFound`",
    pattern: /invalid (ssm )?parameters|Parameter(Version)?NotFound/i,
    whose: "parameter",
    why: "{parameter} does not exist in this account and Region: it is misspelled, deleted, not created yet, or in another Region or account.",
    fix: "Create the parameter, or correct its name in the task definition. For another Region or account, valueFrom must be the whole ARN.",
    page: PAGES.parameters,
  },
  {
    says: "`ssm:GetParameters` is denied on `parameter/aws/reference/secretsmanager/...`",
    pattern: /ssm:GetParameters? on (the )?resource:? ?"?arn:\S*parameter\/aws\/reference\/secretsmanager/i,
    whose: "executionRole",
    why: "The parameter refers to a secret. The execution role needs ssm:GetParameters on the parameter and secretsmanager:GetSecretValue on the secret.",
    fix: "List the parameter's ARN in parameters, which grants both.",
    field: "parameters",
    page: PAGES.parameterReferences,
  },
  {
    says: "`secretsmanager:GetSecretValue` is denied on an ARN without its suffix",
    pattern:
      /secretsmanager:GetSecretValue on (the )?resource:? ?(with ARN )?"?(?:arn:[^\s"':]*:secretsmanager:[^\s"':]*:\d*:secret:)?(?!arn:)(?![^\s"',:]*-(?![a-z]{6}[.,"'\s]|[a-z]{6}$)[A-Za-z0-9]{6}(?:[.,"'\s:]|$))[^\s"',:]+(?=[.,"'\s:]|$)(?!\.\.\.)/,
    whose: "secret",
    why: "Secrets Manager might not know a secret of this name in this Region: if it did, the message would show its ARN with the suffix that Secrets Manager appended. The secret is misspelled, deleted, not created yet, or in another Region.",
    fix: "Create the secret, or correct its ARN in the task definition.",
    page: PAGES.secrets,
    others: [
      {
        whose: "executionRole",
        why: "The execution role is not allowed to read the secret. A statement with the ARN without its suffix matches nothing once the secret exists.",
        fix: "List the secret in secrets; in a policy written by hand, end its ARN in -??????.",
        field: "secrets",
      },
    ],
  },
  {
    says: "`asm fetching secret from the service for ...`, `unable to get registry auth from asm` ... `AccessDenied`",
    pattern: /(asm fetching secret from the service|registry auth from asm).*(AccessDenied|not authorized)/i,
    whose: "executionRole",
    why: "The execution role is not allowed to read the registry secret that repositoryCredentials names.",
    fix: "List the secret in secrets.",
    field: "secrets",
    page: PAGES.privateRegistry,
  },
  {
    says: "`secretsmanager:GetSecretValue` is denied, for a secret of another account",
    pattern: /secretsmanager:GetSecretValue/i,
    account: "other",
    whose: "executionRole",
    why: "The secret is in another account. The execution role and the secret's own policy must both allow the call.",
    fix: "List the secret in secrets and its key in decryptionKeys; the secret must be encrypted with a customer managed key. Its owner must allow the role (principalArn) in the secret's policy and in the key policy.",
    field: "secrets",
    page: PAGES.secrets,
  },
  {
    says: "`secretsmanager:GetSecretValue` is denied",
    pattern: /secretsmanager:GetSecretValue|(secret from asm|fetch secret|from AWS Secrets Manager).*AccessDenied/i,
    whose: "executionRole",
    why: "The execution role is not allowed to read the secret.",
    fix: "List the secret in secrets.",
    field: "secrets",
    page: PAGES.executionRole,
  },
  {
    says: "`ssm:GetParameters` is denied",
    pattern: /ssm:GetParameters?\b|(secrets from ssm|SSM Parameter Store).*AccessDenied/i,
    whose: "executionRole",
    why: "The execution role is not allowed to read the parameter. ECS calls ssm:GetParameters, in the plural.",
    fix: "List the parameter in parameters.",
    field: "parameters",
    page: PAGES.executionRole,
  },
  {
    says: "`unable to retrieve secrets from ssm: service call has been retried`, truncated",
    pattern: /secrets? from ssm|from SSM Parameter Store/i,
    whose: "parameter",
    why: "ECS could not read a parameter, and the reason does not say why. It might not exist in this account and Region.",
    fix: "Check that every parameter of the task definition exists: `aws ssm get-parameters --names NAME` in the task's account and Region.",
    page: PAGES.parameters,
    others: [
      {
        whose: "executionRole",
        why: "The execution role is not allowed to read it.",
        fix: "List the parameter in parameters, and its customer managed key in decryptionKeys.",
        field: "parameters",
      },
      { whose: "network", why: "The task has no route to Systems Manager.", fix: NO_ROUTE },
    ],
  },
  {
    says: "`unable to retrieve secret from asm: service call has been retried`, truncated",
    pattern: /secrets? from asm|failed to fetch secret|asm fetching secret|from AWS Secrets Manager in/i,
    whose: "network",
    why: "ECS could not read a secret, and the reason does not say why. The task might have no route to Secrets Manager.",
    fix: NO_ROUTE,
    page: PAGES.initialization,
    others: [
      {
        whose: "executionRole",
        why: "The execution role is not allowed to read the secret, or the secret does not exist in this account and Region.",
        fix: "Check that the secret exists, list it in secrets, and list its customer managed key in decryptionKeys.",
        field: "secrets",
      },
    ],
  },
];
