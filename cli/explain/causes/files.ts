import { type KnownReason, PAGES } from "../model/known-reason";
import { NO_ROUTE } from "./network";

/** Environment files, and FireLens configuration in S3. */
const FILES_WORDS = "env(ironment)? ?(variable )?files?|s3 config";
const about = (words: string) => new RegExp(`(${FILES_WORDS}).*(${words})`, "i");

const EXECUTION_ROLE = {
  whose: "executionRole",
  why: "The execution role is not allowed to read the file in S3 (s3:GetObject).",
  fix: "List the file in environmentFiles. For a bucket in another account, also list that account in bucketOwners, and allow the role in the bucket policy. If the file is encrypted with a customer managed KMS key, list the key in decryptionKeys.",
  field: "environmentFiles",
} as const;

const MISSING = {
  whose: "file",
  why: "The file does not exist: S3 answers with 403 instead of 404 to a role that is not allowed to list the bucket.",
  fix: "Check the bucket and the key, which is case-sensitive, and upload the file.",
} as const;

export const FILES: readonly KnownReason[] = [
  {
    says: "`failed to download env files` ... `NoSuchKey`, `404`",
    pattern:
      /NoSuchKey|NoSuchBucket|specified (key|bucket) does not exist|HeadObject.*(404|NotFound)|(env(ironment)? ?files?|s3).*(status ?code: 404|\bNotFound\b|file \S+ not found)/i,
    whose: "file",
    why: "The file, or its bucket, does not exist in S3.",
    fix: "Upload the file, or correct its ARN in the task definition. The key is case-sensitive.",
    page: PAGES.environmentFiles,
  },
  {
    says: "`failed to download env files` ... `PermanentRedirect`, `301`, `BucketRegionError`",
    pattern:
      /PermanentRedirect|MovedPermanently|StatusCode: 30\d|BucketRegionError|AuthorizationHeaderMalformed|incorrect region|IllegalLocationConstraint/i,
    whose: "file",
    why: "The bucket is in another Region than the task.",
    fix: "Upload the file to a bucket in the task's Region.",
    page: PAGES.environmentFiles,
  },
  {
    says: "`s3:GetObject` is denied",
    pattern:
      /s3:(GetObject|GetBucketLocation)|unable to download (env file|firelens s3|s3 config).*(AccessDenied|403|Forbidden)/i,
    ...EXECUTION_ROLE,
    page: PAGES.environmentFiles,
  },
  {
    says: "`failed to download env files` ... `AccessDenied`, `403 Forbidden`",
    pattern: about("AccessDenied|Access Denied|403|Forbidden|not authorized"),
    ...EXECUTION_ROLE,
    page: PAGES.environmentFiles,
    others: [MISSING],
  },
  {
    says: "`invalid s3 arn`, `unable to parse bucket and key`, `Invalid arn syntax`",
    pattern:
      /invalid s3 arn|invalid arn syntax|unable to parse bucket and key|environment ?files?.*(must|should|extension|invalid|format)|escapes envfile/i,
    whose: "definition",
    why: "The task definition names an environment file, or the configuration of FireLens (config-file-value), in the wrong form.",
    fix: "Write arn:aws:s3:::BUCKET/KEY with the type s3. An environment file ends in .env and has one variable in each line; at most 10 files, not on Windows.",
    page: PAGES.environmentFiles,
  },
  {
    says: "`failed to download env files`, without details",
    pattern: new RegExp(FILES_WORDS, "i"),
    ...EXECUTION_ROLE,
    page: PAGES.environmentFiles,
    others: [
      { ...MISSING, why: "The file does not exist." },
      { whose: "network", why: "The task has no route to S3.", fix: NO_ROUTE },
    ],
  },
];
