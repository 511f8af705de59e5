import {
  type ArnMapping,
  asGiven,
  bucket,
  logGroupAndStreams,
  logStreams,
  parameter,
  secret,
} from "../../modules/ecs-task-execution-role/permissions/resource-arns";

import { mapped } from "../../modules/ecs-task-execution-role/synth/access-statements";

const SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:";
const LOGS = "arn:aws:logs:us-east-1:111122223333:log-group:";
const SSM = "arn:aws:ssm:us-east-1:111122223333:parameter";

// The formats that the AWS documentation requires. The end-to-end tests only check that both languages agree.
const CASES: [mapping: ArnMapping, input: string, resources: string[]][] = [
  [asGiven, "arn:aws:kms:us-east-1:111122223333:key/1a2b", ["arn:aws:kms:us-east-1:111122223333:key/1a2b"]],
  [logStreams, `${LOGS}/ecs/a`, [`${LOGS}/ecs/a:*`]],
  [logStreams, `${LOGS}/ecs/a:*`, [`${LOGS}/ecs/a:*`]],
  [logStreams, `${LOGS}*`, [`${LOGS}*:*`]],
  [logGroupAndStreams, `${LOGS}/ecs/a:*`, [`${LOGS}/ecs/a`, `${LOGS}/ecs/a:*`]],
  [logGroupAndStreams, `${LOGS}*`, [`${LOGS}*`, `${LOGS}*:*`]],
  [secret, `${SECRET}db`, [`${SECRET}db-??????`]],
  [secret, `${SECRET}orders`, [`${SECRET}orders-??????`]],
  [secret, `${SECRET}db-2`, [`${SECRET}db-2-??????`]],
  [secret, `${SECRET}db-AbCd_1`, [`${SECRET}db-AbCd_1-??????`]],
  [secret, `${SECRET}db-AbCdE`, [`${SECRET}db-AbCdE-??????`]],
  [secret, `${SECRET}db-AbCdEf`, [`${SECRET}db-AbCdEf`]],
  [secret, `${SECRET}db-AbCdEfg`, [`${SECRET}db-AbCdEfg-??????`]],
  [secret, `${SECRET}a-AbCdEf/b`, [`${SECRET}a-AbCdEf/b-??????`]],
  [secret, `${SECRET}db-??????`, [`${SECRET}db-??????`]],
  [secret, `${SECRET}db-AbCdE?`, [`${SECRET}db-AbCdE?`]],
  [secret, `${SECRET}team/*`, [`${SECRET}team/*`]],
  [secret, `${SECRET}db:key::`, [`${SECRET}db-??????`]],
  [secret, `${SECRET}db-AbCdEf:key:AWSCURRENT:1`, [`${SECRET}db-AbCdEf`]],
  [parameter, `${SSM}/orders/flags`, [`${SSM}/orders/flags`]],
  [parameter, `${SSM}//orders/flags`, [`${SSM}/orders/flags`]],
  [bucket, "arn:aws:s3:::config/a/b.env", ["arn:aws:s3:::config"]],
];

test.each(CASES.map(([mapping, input, resources]) => ({ mapping, input, resources })))(
  "maps $input to its resources",
  ({ mapping, input, resources }) => {
    expect(mapped(mapping, input)).toEqual(resources);
  },
);
