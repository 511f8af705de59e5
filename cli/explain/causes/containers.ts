import { type KnownReason, PAGES } from "../model/known-reason";

const exitCode = (codes: string) => new RegExp(`exit(ed with)? ?code"?:? ?\\(?(${codes})\\b`, "i");

/** Containers that started, or that the runtime could not start. */
export const CONTAINERS: readonly KnownReason[] = [
  {
    says: "`Invalid 'cpu' setting for task`, `No Fargate configuration exists for given values`, `container memory limit > task memory limit`",
    pattern:
      /invalid '\w+' setting for|No Fargate configuration|be defined at the task level|'memoryReservation' must be specified|memory limit >|memory.* greater than .*task|(Minimum|less than) memory|resource requirements .*not valid/i,
    whose: "definition",
    why: "cpu or memory of the task or of a container is missing, too small or not supported, or a container has more than its task.",
    fix: "Set cpu and memory of the task to a pair that Fargate supports, such as 256 and 512, and give no container more than the task has. On EC2, a container needs at least 6 MiB.",
    page: PAGES.taskSize,
  },
  {
    says: "`OutOfMemoryError: Container killed due to memory usage`",
    pattern:
      /OutOfMemory|OOM[- ]?Kill|killed due to memory|Cannot allocate memory|memory limit (is )?(too low|exceeded)/i,
    whose: "application",
    why: "The container used more memory than its limit, and the kernel killed it.",
    fix: "Raise memory of the container or of the task, or let the application use less.",
    page: PAGES.outOfMemory,
  },
  {
    says: "`nvidia-container-cli: initialization error`, `error running hook`",
    pattern: /nvidia-container|NVIDIA driver|running (prestart )?hook/i,
    whose: "host",
    why: "The NVIDIA container runtime failed: the instance has no GPU, its AMI does not fit its instance type, or the image needs a newer NVIDIA driver.",
    fix: "Use the ECS GPU-optimized AMI with a GPU instance type, and the standard AMI with any other. For the driver, use a current AMI or an image for an older CUDA version.",
    page: PAGES.gpu,
  },
  {
    says: '`exec: "...": executable file not found in $PATH`, `no such file or directory: unknown`',
    pattern:
      /executable file not found|exec:? .*(no such file|permission denied)|(caused|process)\W+exec:|stat \S+: no such file|argument list too long/i,
    whose: "application",
    why: "The container's command cannot be executed: the image does not have the file, a volume hides it, the file is not executable, or its arguments and environment are too long.",
    fix: "Correct command and entryPoint in the container definition, or the image. A volume must not be mounted on a directory that the image needs (mountPoints).",
    page: PAGES.stopped,
  },
  {
    says: "`Target is in an Availability Zone that is not enabled for the load balancer`",
    pattern: /Availability Zone that is not enabled/i,
    whose: "service",
    why: "The load balancer has no subnet in the task's Availability Zone.",
    fix: "Add a subnet of this Availability Zone to the load balancer, or remove it from the subnets of the service.",
    page: PAGES.loadBalancer,
  },
  {
    says: "`Task failed ELB health checks`, `is unhealthy in (target-group ...)`",
    pattern:
      /ELB health checks?|unhealthy in \(?(target[- ]group|elb)|not healthy in target-group|UnhealthyThreshold|Health checks failed/i,
    whose: "application",
    why: "The container did not pass the load balancer's health check.",
    fix: "Check the path and the port of the health check, the security group, which must allow the load balancer to reach the task, and healthCheckGracePeriodSeconds for a slow start. The application's logs say more.",
    page: PAGES.loadBalancer,
  },
  {
    says: "`Task failed container health checks`",
    pattern: /container health checks?|failed .*health checks?|UNHEALTHY/i,
    whose: "application",
    why: "The container's own health check failed.",
    fix: "Run the healthCheck command inside the image (curl or wget must be installed there), and give it time with startPeriod.",
    page: PAGES.stopped,
  },
  {
    says: "`dependency ... did not become healthy`, `Task dependencies cannot be resolved`",
    pattern: /dependenc(y|ies)|dependent container|dependsOn/i,
    whose: "application",
    why: "A container waits for another one (dependsOn), which stopped or did not become healthy.",
    fix: "Check the exit code, the health check and the logs of the container that it waits for.",
    page: PAGES.stopped,
  },
  {
    says: "`port is already allocated`, `driver failed programming external connectivity`, `RESOURCE:PORTS`",
    pattern:
      /port is already allocated|address already in use|programming external connectivity|userland proxy|RESOURCE:PORTS|using a port required/i,
    whose: "host",
    why: "Another task or process on the container instance uses the host port.",
    fix: "Set hostPort to 0 for a dynamic port, or run one task on each instance.",
    page: PAGES.stopped,
  },
  {
    says: "`OCI runtime create failed`, `CannotStartContainerError`, `CannotCreateContainerError`, `HostConfigError`",
    pattern:
      /OCI runtime|Cannot(Start|Create)Container|ContainerRuntimeError|HostConfigError|shim task|\brunc\b|cgroup|devices? .*(not found|no such)|gathering device information/i,
    whose: "application",
    why: "The container runtime could not create or start the container: its command, user, working directory, a device or a limit in the container definition does not work.",
    fix: "Correct the part of the container definition that the message names, and start the container locally with the same settings.",
    page: PAGES.stopped,
  },
];

/** What a container leaves behind, after a reason that explains it. */
export const EXITS: readonly KnownReason[] = [
  {
    says: "`Essential container in task exited`, exit code 137",
    pattern: exitCode("137"),
    whose: "application",
    why: "Exit code 137: the container was killed (SIGKILL), because it used more memory than its limit, or did not stop within stopTimeout.",
    fix: "Raise memory, or let the application stop on SIGTERM. The application's logs say more.",
    page: PAGES.stopped,
  },
  {
    says: "`Essential container in task exited`, exit code 139 or 134",
    pattern: exitCode("139|134"),
    whose: "application",
    why: "The process crashed: exit code 139 is a segmentation fault, and 134 an abort.",
    fix: "Check the application's logs. An image for another CPU architecture can also be the cause.",
    page: PAGES.stopped,
  },
  {
    says: "`Essential container in task exited`, exit code 127 or 126",
    pattern: exitCode("127|126"),
    whose: "application",
    why: "The command was not found (exit code 127), or it is not executable (126).",
    fix: "Correct command and entryPoint in the container definition, or the image.",
    page: PAGES.stopped,
  },
  {
    says: "`Essential container in task exited`, exit code 143",
    pattern: exitCode("143"),
    whose: "service",
    why: "Exit code 143: the process ended on SIGTERM, because ECS stopped the task.",
    fix: "No action is needed if a deployment or scaling stopped the task. Otherwise, check the service's events.",
    page: PAGES.stopped,
  },
  {
    says: "`Essential container in task exited`",
    pattern: /essential container|exit(ed with)? ?code|exited with|\bexit status \d/i,
    whose: "application",
    why: "A container with essential: true ended, so ECS stopped the task. The image, the secrets and the logs are not the cause: the container had started.",
    fix: "Check the container's exit code (`aws ecs describe-tasks`) and the application's logs.",
    page: PAGES.stopped,
  },
];
