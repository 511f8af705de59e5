import { type KnownReason, PAGES } from "../model/known-reason";

/** Roles other than the task execution role, and what keeps ECS from using a role at all. */
export const ROLES: readonly KnownReason[] = [
  {
    says: "`ECS was unable to assume the configured ECS Infrastructure Role`",
    pattern: /assume the (configured )?(ECS )?infrastructure role/i,
    whose: "infrastructureRole",
    why: "ECS could not assume the infrastructure role, with which it manages volumes, load balancers and instances.",
    fix: "In the role's trust policy, allow ecs.amazonaws.com (not ecs-tasks.amazonaws.com) to call sts:AssumeRole. If the role is new, try again after a minute: changes in IAM take a while to become visible to ECS.",
    page: PAGES.infrastructureRole,
  },
  {
    says: "`Unable to launch instance(s) for capacity provider` ... `UnauthorizedOperation`, `missing permissions on ECS Infrastructure Role`",
    pattern:
      /unable to launch instance.*(unauthorized|not authorized|accessdenied)|missing permissions on ECS infrastructure role|assumed-role\/(?!AWSServiceRole)[^/\s]+\/(ecs-service-scheduler|ECSNetworkingWithELB) is not|assumed-role\/[^/\s]*infrastructure[^/\s]*\/\S* is not authorized/i,
    whose: "infrastructureRole",
    why: "The infrastructure role lacks a permission.",
    fix: "Attach the managed policy for its purpose, AmazonECSInfrastructureRolePolicyForManagedInstances, AmazonECSInfrastructureRolePolicyForVolumes or AmazonECSInfrastructureRolePolicyForLoadBalancers, and allow ecs.amazonaws.com to assume the role. For instances, also allow it to pass their role (iam:PassRole).",
    page: PAGES.infrastructureRole,
  },
  {
    says: "`lifecycle hook(s) failed`",
    pattern: /lifecycle hook/i,
    whose: "service",
    why: "ECS could not invoke the Lambda function of the deployment's lifecycle hook, or the function did not return SUCCEEDED.",
    fix: "Allow ecs.amazonaws.com to assume the role of the hook, and that role to call lambda:InvokeFunction. Check the logs of the function.",
    page: PAGES.lifecycleHooks,
  },
  {
    says: "`Unable to assume the service linked role`",
    pattern: /assume the service[- ]linked role|service[- ]linked role exists/i,
    whose: "serviceLinkedRole",
    why: "The role AWSServiceRoleForECS does not exist in this account yet, or the principal that creates the cluster or the service is not allowed to create the role.",
    fix: "Run `aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com` once, and try again after a minute.",
    page: PAGES.serviceLinkedRole,
  },
  {
    says: "`Unable to assume role and validate the specified targetGroupArn`, `You cannot specify an IAM role for services that require a service linked role`",
    pattern:
      /validate the specified targetGroupArn|ECS service role|validate the listeners|cannot specify an IAM role for services/i,
    whose: "serviceLinkedRole",
    why: "ECS cannot use the role with which it registers tasks with the load balancer, or the target group does not exist.",
    fix: "Remove the role from the service, so that ECS uses AWSServiceRoleForECS. Or attach AmazonEC2ContainerServiceRole to the role, and allow ecs.amazonaws.com to assume it in its trust policy. Check the ARN of the target group.",
    page: PAGES.serviceLinkedRole,
  },
  {
    says: "`ECS was unable to assume the role '...:role/null'`, `Role is not valid`, `Cross-account pass role is not allowed`",
    pattern:
      /unable to assume (the )?role '?((arn:[^'\s]*:role\/)?(null|none|undefined|\$\{?\w*\}?|<[^>]*>)|arn:[^'\s]*:role\/|(?=''))'?(?= |$)|cross-account pass role is not allowed|\brole (\S+ )?is not valid\b|invalid (task |execution )?role/i,
    whose: "definition",
    why: "{role} does not exist in the account of the task definition, for example because a variable was empty.",
    fix: "Set executionRoleArn (or taskRoleArn, if the message is about the task role) to the ARN of a role in this account. In Terraform, set execution_role_arn to the output role_arn.",
    page: PAGES.executionRole,
  },
  {
    says: "`ECS was unable to assume the role`",
    pattern:
      /unable to assume (the )?(task )?(execution )?role|unable to assume the IAM role|trust relationship has been misconfigured/i,
    whose: "executionRole",
    why: "ECS could not assume {role}: it does not exist, it was created a moment ago, or its trust policy does not allow ecs-tasks.amazonaws.com to assume it. A condition on aws:SourceAccount or aws:SourceArn must match the task's account and Region. ECS uses the same message for the task role.",
    fix: "Correct the ARN in executionRoleArn or taskRoleArn, or the role's trust policy. With this module, use roleArn, not principalArn, so that Terraform creates the role and its permissions before the task definition, and correct the account and the Region in trust.",
    page: PAGES.executionRole,
    others: [
      {
        whose: "caller",
        why: "The principal that starts the task is not allowed to pass the role.",
        fix: "Allow iam:PassRole on {role} for the user, the pipeline or the service that starts the task. The output passRolePolicy is the policy to attach.",
      },
    ],
  },
  {
    says: "`is not authorized to perform: iam:PassRole`",
    pattern: /iam:PassRole/i,
    whose: "caller",
    why: "The principal that registers the task definition or starts the task is not allowed to pass the roles to ECS.",
    fix: "Allow iam:PassRole on the role for that user or pipeline. The output passRolePolicy is the policy to attach.",
    page: PAGES.passRole,
  },
  {
    says: "`you must also specify a value for 'executionRoleArn'`, `Fargate requires task definition to have execution role ARN`",
    pattern: /specify a value for '?executionRoleArn|requires? (a )?task definitions? to have (an )?execution role/i,
    whose: "definition",
    why: "The task definition has no execution role. taskRoleArn, or executionRoleArn inside a container definition, does not count.",
    fix: "Set executionRoleArn of the task definition to roleArn of this module. In Terraform, set execution_role_arn to the output role_arn.",
    page: PAGES.executionRole,
  },
  {
    says: "`unable to find execution role credentials`, `engine ecr credentials: not found`",
    pattern:
      /(find|get|no) execution (role )?credentials|engine (ecr|docker private registry) credentials: not found|credentials of the execution role/i,
    whose: "definition",
    why: "The container agent has no credentials of an execution role: the task definition has no executionRoleArn, or ECS cannot assume that role.",
    fix: "Set executionRoleArn to roleArn, and allow ecs-tasks.amazonaws.com to assume the role in its trust policy. If both are right, update and restart the container agent.",
    page: PAGES.executionRole,
  },
  {
    says: "`EFS IAM authorization requires a task role`",
    pattern: /requires? a task role|must also specify a value for '?taskRoleArn/i,
    whose: "taskRole",
    why: "The volume, or ECS Exec, uses IAM authorization with the task role, and the task definition has none.",
    fix: "Set taskRoleArn to a role that is allowed to make the calls: for EFS, elasticfilesystem:ClientMount and ClientWrite.",
    page: PAGES.taskRole,
  },
  {
    says: "`User: arn:aws:iam::...:user/... is not authorized to perform`, `assumed-role/ROLE/AWSCodeBuild-... is not authorized to perform`",
    pattern:
      /User: arn:aws[\w-]*:(iam::[^:\s]*:(user|root)|sts::[^:\s]*:(federated-user|assumed-role\/AWSReservedSSO_))\S* is not authorized|\/(AWSCodeBuild|AWSCloudFormation|GitHubActions)\S* is not authorized|is not authorized to perform: (ecs:|ecr:(Put|InitiateLayer|UploadLayer|CompleteLayer))/i,
    whose: "caller",
    why: "A user or a pipeline made this call, not ECS.",
    fix: "Allow the call in the policies of that user or role. If the message says explicit deny, find the Deny statement instead.",
    page: PAGES.accessDenied,
  },
  {
    says: "`An error occurred (...) when calling the ... operation`, `Unable to locate credentials`, `[output:cloudwatch_logs...] ... AccessDeniedException`",
    pattern:
      /An error occurred \(\w*(AccessDenied|Unauthorized|NotAuthorized|Forbidden|InvalidClientToken|UnrecognizedClient|ExpiredToken)\w*\) when calling the (?!(Run|Start|Stop|Register|Describe|List|Create|Update)(Task|Service|Cluster)|ExecuteCommand)\w+ operation|unable to locate credentials|CredentialsProviderError|\[output:\w+|botocore\.exceptions|software\.amazon\.awssdk|com\.amazonaws\.services(?!\.ecs)|@aws-sdk|^(?!.*(ResourceInitializationError|CannotPull|Fetching secret)).*\(Service: (?!AmazonECS|Ecs\b)\w+[;,] Status Code: 40[013]|\bat (async )?\S+ \((file:|node:|\/)/i,
    whose: "taskRole",
    why: "Your application or its log router made this call, with the task role: the message comes from a container, not from ECS.",
    fix: "Set taskRoleArn to a role that allows the call. Do not add it to the task execution role.",
    page: PAGES.taskRole,
  },
  {
    says: "`is not authorized to perform: ssmmessages:...`, `The execute command failed`",
    pattern: /ssmmessages:|execute command failed|TargetNotConnectedException|ExecuteCommandAgent/i,
    whose: "taskRole",
    why: "ECS Exec is not enabled for this task, or the task role does not allow it.",
    fix: "Set enableExecuteCommand for the service or the task, allow ssmmessages:CreateControlChannel, CreateDataChannel, OpenControlChannel and OpenDataChannel in the task role, and start a new task, which must be able to reach the ssmmessages endpoint.",
    page: PAGES.exec,
  },
  {
    says: "`assumed-role/ROLE/i-0123456789abcdef0 is not authorized to perform: logs:...`",
    pattern: /:assumed-role\/[^/\s]+\/i-[0-9a-f]+\S* is not authorized to perform: logs:/i,
    whose: "instanceRole",
    why: "The container instance writes the logs with its own role.",
    fix: "Set ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true in /etc/ecs/ecs.config, so that Docker writes them with the task execution role, or allow the call in the container instance role.",
    field: "logGroups",
    page: PAGES.instanceRole,
  },
  {
    says: "`assumed-role/ROLE/i-0123456789abcdef0 is not authorized to perform`",
    pattern: /:assumed-role\/[^/\s]+\/i-[0-9a-f]+\S* is not authorized/i,
    whose: "instanceRole",
    why: "The container instance made this call with its own role: the task definition has no executionRoleArn, or the container agent made the call for itself.",
    fix: "Attach AmazonEC2ContainerServiceforEC2Role to the container instance role, or set executionRoleArn in the task definition.",
    page: PAGES.instanceRole,
  },
  {
    says: "`NoCredentialProviders: no valid providers in chain`, `no EC2 IMDS role found`",
    pattern:
      /NoCredentialProviders|no valid providers in chain|no EC2 (IMDS|instance) role found|EC2RoleRequestError|169\.254\.169\.254|failed to refresh cached credentials|EC2MetadataError/i,
    whose: "instanceRole",
    why: "Docker or the container agent found no AWS credentials on the container instance: the instance has no instance profile, or the instance metadata service cannot be reached (it is blocked, or its hop limit is 1).",
    fix: "Attach an instance profile with AmazonEC2ContainerServiceforEC2Role, set the hop limit of the metadata service to 2, and for logs, set ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true in /etc/ecs/ecs.config.",
    page: PAGES.instanceRole,
  },
  {
    says: "`IAM permissions policies have been misconfigured or changed`",
    pattern: /IAM permissions policies have been misconfigured/i,
    whose: "executionRole",
    why: "ECS can no longer maintain the service, because a role or a policy that the service uses was changed.",
    fix: "Check the service-linked role AWSServiceRoleForECS, the infrastructure role of the service, and the roles in the task definition. `check --service CLUSTER/SERVICE` lists every permission that the execution role lacks.",
    page: PAGES.events,
  },
  {
    says: "`The security token included in the request is invalid`, `ExpiredTokenException`",
    pattern:
      /UnrecognizedClientException|InvalidClientTokenId|ExpiredToken|security token included|Signature expired|RequestTimeTooSkewed/i,
    whose: "executionRole",
    why: "AWS rejected the credentials, not a single call: the role was deleted or created again while the task started, the Region is not enabled in the account, or the clock of the container instance is wrong.",
    fix: "Start a new task. If it fails again, check that the role exists and that the Region is enabled and, on EC2, check the clock (chrony).",
    page: PAGES.executionRole,
  },
];
