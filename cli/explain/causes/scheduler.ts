import { type KnownReason, PAGES } from "../model/known-reason";

/** The service scheduler, placement, capacity and network interfaces. */
export const SCHEDULER: readonly KnownReason[] = [
  {
    says: "`minimumHealthyPercent`, `protected tasks`, `TARGET GROUP IS NOT FOUND`, `InvalidSubnetID.NotFound`, `InvalidGroup.NotFound`, `invalid networking configuration`",
    pattern:
      /minimumHealthyPercent|maximumPercent|service deployment configuration|protected tasks|TARGET( GROUP)? IS NOT FOUND|does not have an associated load balancer|failed to register targets|TaskDefinition (is inactive|not found)|unable to reach steady state|invalid networking configuration|Network Configuration (is|must)|Invalid(SubnetID|Group|SecurityGroupID)\.NotFound|(subnet|security group) \S+ does not exist/i,
    whose: "service",
    why: "The configuration of the service prevents it: the task definition, the percentages of the deployment, task protection, the target group, a listener rule, the network configuration, a subnet or a security group.",
    fix: "Correct the setting that the message names.",
    page: PAGES.events,
  },
  {
    says: "`Scaling activity initiated by (deployment ecs-svc/...)`, `has begun draining connections`, `has reached a steady state`",
    pattern:
      /Scaling activity initiated|scale[- ]?in\b|service ?scheduler ?initiated|begun draining|has (started|stopped) \d|registered \d+ targets|reached a steady state|AZ balanced|deployment \S* ?(completed|in progress)/i,
    whose: "service",
    why: "The service starts and stops tasks on purpose, for a deployment or because it needs more or fewer of them. This is not an error.",
    fix: "No action is needed.",
    page: PAGES.events,
  },
  {
    says: "`MISSING`",
    pattern: /^MISSING$|reason\W+MISSING/i,
    whose: "service",
    why: "ECS does not find the task: it keeps a stopped task for an hour, in its cluster and Region.",
    fix: "Explain a task that stopped later, or the events of the service: `aws ecs describe-services --cluster CLUSTER --services SERVICE`.",
    page: PAGES.failures,
  },
  {
    says: "`deployment failed: alarm detected`",
    pattern: /alarm/i,
    whose: "service",
    why: "A CloudWatch alarm of the deployment went off, so ECS stopped the deployment.",
    fix: "Find the cause of the alarm; deploymentConfiguration.alarms of the service lists the alarms.",
    page: PAGES.alarms,
  },
  {
    says: "`was unable to place a task. Reason: Internal error`, on Fargate",
    pattern: /Reason: Internal error/i,
    whose: "service",
    why: "A subnet of the service is in an Availability Zone that Fargate does not support.",
    fix: "Use subnets in other Availability Zones.",
    page: PAGES.events,
  },
  {
    says: "`Your Spot Task was interrupted`",
    pattern: /Spot (Task|instance)(?! count)|SpotInterruption|TerminationNotice/i,
    whose: "capacity",
    why: "AWS reclaimed the Spot capacity.",
    fix: "No action is needed: the service starts another task. Handle SIGTERM in the application. For a task that must not be interrupted, use On-Demand capacity.",
    page: PAGES.spot,
  },
  {
    says: "`Host EC2 (instance i-...) terminated`, `draining`",
    pattern:
      /Host EC2|instance .*(terminated|stopped|deregistered)|draining|container instance .*(deregister|terminat)/i,
    whose: "host",
    why: "The container instance that ran the task was terminated, stopped or drained.",
    fix: "No action is needed after scaling or a Spot interruption: the service starts another task. Otherwise, check the activity of the Auto Scaling group.",
    page: PAGES.stopped,
  },
  {
    says: "`ECS is performing maintenance on the underlying infrastructure`",
    pattern: /performing maintenance|retire/i,
    whose: "aws",
    why: "Fargate replaced the host of the task.",
    fix: "No action is needed: the service starts another task. Handle SIGTERM in the application.",
    page: PAGES.maintenance,
  },
  {
    says: "`InsufficientFreeAddressesInSubnet`",
    pattern: /InsufficientFreeAddresses|free addresses in subnet/i,
    whose: "capacity",
    why: "The subnet has no free IP address for the task.",
    fix: "Use a larger subnet, or more subnets.",
    page: PAGES.failedToStart,
  },
  {
    says: "`Timeout waiting for network interface provisioning to complete`, `Unexpected EC2 error`",
    pattern:
      /network interface|configure ENI|ENI attachment|Unexpected EC2 error|EphemeralStorage provisioning|unused device index/i,
    whose: "aws",
    why: "AWS could not give the task its network interface or storage in time.",
    fix: "Start the task again. If the error persists, check the free addresses of the subnets, the network interfaces of the instance type, and the quotas.",
    page: PAGES.failedToStart,
  },
  {
    says: "`You've reached the limit on the number of vCPUs`, `Your AWS account is currently blocked`",
    pattern:
      /reached the limit|above your limit|account is currently blocked|LimitExceeded|quota|PROVISIONING.*limit|(Vcpu|SpotInstanceCount)\w*Exceeded/i,
    whose: "capacity",
    why: "A quota of the account is used up, or the account is new or blocked.",
    fix: "Request a higher quota in Service Quotas, or open a case with AWS Support.",
    page: PAGES.events,
  },
  {
    says: "`Capacity is unavailable at this time`, `Unable to launch instance(s)`",
    pattern:
      /capacity is unavailable|RESOURCE:FARGATE|InsufficientInstanceCapacity|UnfulfillableCapacity|insufficient capacity|Unable to launch instance/i,
    whose: "capacity",
    why: "There is no capacity for the task at the moment.",
    fix: "Try again later, or allow more Availability Zones, instance types or capacity providers.",
    page: PAGES.events,
  },
  {
    says: "`No Container Instances were found`, `EMPTY CAPACITY PROVIDER`",
    pattern: /no container instances (were )?found|EMPTY CAPACITY PROVIDER/i,
    whose: "capacity",
    why: "No container instance is registered in the cluster, or with the capacity provider.",
    fix: "Check the activity of the Auto Scaling group: a quota, the instance type or its capacity can prevent a launch. A running instance needs ECS_CLUSTER in /etc/ecs/ecs.config, an instance profile with AmazonEC2ContainerServiceforEC2Role, and a route to the ECS endpoints. For Fargate, set launchType to FARGATE: run-task uses EC2 by default.",
    page: PAGES.failures,
  },
  {
    says: "`no container instance met all of its requirements`, `RESOURCE:MEMORY`, `RESOURCE:ENI`, `ATTRIBUTE`, `AGENT`",
    pattern:
      /no container instance|RESOURCE:[\w*]|(TaskFailedToStart|error|reasons?)\W+(AGENT|ATTRIBUTE|LOCATION|MemberOf)\b|^(AGENT|ATTRIBUTE|LOCATION)$|resources could not be found|insufficient (CPU|memory|GPU)|placement constraint|closest matching|agent.*(disconnected|not connected|to start)|missing an attribute|not compatible with the selected/i,
    whose: "capacity",
    why: "No container instance of the cluster can run the task: none has enough CPU, memory, GPUs or network interfaces, an attribute is missing, a placement constraint is not met, or the agent is not connected.",
    fix: "Add instances or larger ones, or lower cpu and memory in the task definition. For ENI, enable awsvpcTrunking in the account settings. For an attribute or a constraint, use instances that have it (with a current agent), or remove what requires it. For AGENT, restart the agent. The runbook AWSSupport-TroubleshootECSContainerInstance checks an instance.",
    page: PAGES.failures,
  },
  {
    says: "`ECS deployment circuit breaker`, `tasks failed to start`, `unable to consistently start tasks`, `did not stabilize`, `timeout while waiting for state to become 'tfSTABLE'`",
    pattern:
      /circuit breaker|deployment failed|tasks? failed to start|unable to consistently start|could not launch \d+ tasks|roll(ed|ing)? ?back|(not|Services?|tf)Stab(le|ilized)|did not stabilize|exceeded wait attempts|waiting for completion/i,
    whose: "service",
    why: "Tasks did not start, or did not stay healthy, and this message does not say why.",
    fix: "Explain the stopped reason of a task: `aws ecs list-tasks --cluster CLUSTER --desired-status STOPPED`, then `explain --task ARN`. ECS keeps stopped tasks for an hour. If no task stopped, explain the events of the service: `aws ecs describe-services --cluster CLUSTER --services SERVICE`.",
    page: PAGES.circuitBreaker,
  },
  {
    says: "`Task stopped by user`, `UserInitiated`",
    pattern: /stopped by (the )?user|UserInitiated|StopTask/i,
    whose: "caller",
    why: "A user or a pipeline stopped the task.",
    fix: "No action is needed; CloudTrail shows who called StopTask.",
    page: PAGES.stopped,
  },
  {
    says: "`InternalError`, `Task stopped before image pull could begin`",
    pattern:
      /Internal ?error|TaskStateError|before image pull could begin|CannotGetDocker|ContainerVanished|ImpossibleStateTransition/i,
    whose: "aws",
    why: "ECS or the container agent failed, or the task was stopped before it started.",
    fix: "Start the task again. On EC2, update the container agent; if the error persists, open a case with AWS Support.",
    page: PAGES.stopped,
  },
];
