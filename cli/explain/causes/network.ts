import { type KnownReason, PAGES } from "../model/known-reason";

const NO_ANSWER =
  /i\/o timeout|deadline exceeded|Client\.Timeout|(request|context) (cancell?ed|can?$)|RequestCanceled|connection (refused|timed out|reset)|TLS handshake timeout|no route to host|network is unreachable|proxyconnect|RequestError: send request failed|failed to do request|StatusCode: 0\b|signal: killed|connection issue between|check your (task )?network|dial (tcp|udp)|(Post|Get|Head) "?https?:\S+: EOF|Could not connect to the endpoint URL|Connect timeout (on|to)|: Unable to connect$/;

export const REGISTRY_ELSEWHERE =
  "docker\\.io|docker\\.com|ghcr\\.io|quay\\.io|gcr\\.io|public\\.ecr\\.aws|mcr\\.microsoft\\.com|registry\\.gitlab|artifactory|jfrog|nexus";

export const RUNBOOK =
  "AWS's runbook AWSSupport-TroubleshootECSTaskFailedToStart checks the routes, endpoints and security groups of the task.";

/** What to do if the task cannot reach an AWS service. */
export const NO_ROUTE = `In a public subnet, set assignPublicIp to ENABLED. In a private subnet, route to a NAT gateway or create the {endpoints}; an interface endpoint needs private DNS and a security group that allows TCP port 443 from the task. ${RUNBOOK}`;

/** No answer from the container runtime, AWS, the registry or another server. */
export const NETWORK: readonly KnownReason[] = [
  {
    says: "`Cannot connect to the Docker daemon`, `CgroupError`, `ContainerNetworkingError`, `CannotInspectContainerError`, `failed to create shim task: context deadline exceeded`",
    pattern:
      /Docker daemon|error during connect|CgroupError|Cannot(Stop|Inspect|Describe)Container|ContainerNetworkingError|\bCNI\b|shim\b.*(deadline|timed out|ttrpc)|dm_task_run|get image reference: context|169\.254\.170\.2\b/i,
    whose: "host",
    why: "The container agent, the container runtime or its network failed on the host.",
    fix: "Start the task again. On EC2, check the logs of Docker and of the container agent, and replace the instance if the error persists.",
    page: PAGES.stopped,
  },
  {
    says: "`Could not transition to ...; timed out after waiting`",
    pattern: /ContainerRuntimeTimeout|DockerTimeoutError|could not transition to/i,
    whose: "network",
    why: "On Fargate: the task has no route to a service that it needs to start, often CloudWatch Logs.",
    fix: NO_ROUTE,
    page: PAGES.connectivity,
    others: [
      {
        whose: "host",
        why: "On EC2: the container runtime did not answer in time, for example because the disk or the CPU of the instance is busy.",
        fix: "Start the task again. Check the logs of Docker and of the container agent, and the instance's disk.",
      },
    ],
  },
  {
    says: "`failed to initialize logging driver` ... `dial tcp`, for a log driver other than awslogs",
    pattern: /logging driver(?!.*(cloudwatch|\blogs\.)).*\b(dial|timeout|refused|no such host)/i,
    whose: "network",
    why: "The log driver cannot reach its server (such as Splunk, Fluentd or syslog).",
    fix: "Check the address in the log driver's options, the route to it, and the security groups. With FireLens, start the log router first (dependsOn).",
    page: PAGES.initialization,
  },
  {
    says: "`ECONNREFUSED`, `Failed to connect to localhost`, or `dial tcp` to the port of a database",
    pattern:
      /\bE(CONNREFUSED|TIMEDOUT|NOTFOUND)\b|(127\.0\.0\.1|localhost)(:| port )(?!53\b)\d|could not connect to server|psycopg|SQLSTATE|:(1433|3306|5432|6379|9092|11211|27017)\b.*(timeout|refused|no such host)/i,
    whose: "application",
    why: "Your application could not connect to a server, such as its database or another container of the task.",
    fix: "Check the address, the security group of the server, and whether the server was ready.",
  },
  {
    says: "`no such host`, `server misbehaving`",
    pattern:
      /no such host|server misbehaving|name resolution|Name or service not known|UnknownHost|lookup \S+ on \S+: /i,
    whose: "network",
    why: "The task cannot resolve a host name. DNS is disabled in the VPC or cannot be reached, an interface endpoint has no private DNS, or the host name in the image is misspelled.",
    fix: `Enable DNS resolution (enableDnsSupport) and DNS hostnames in the VPC, allow UDP and TCP port 53 to its resolver, and check the image's name. A private subnet without a NAT gateway needs the {endpoints}. ${RUNBOOK}`,
    page: PAGES.connectivity,
  },
  {
    says: "`x509: certificate signed by unknown authority`",
    pattern:
      /x509:|certificate (signed by|is not trusted|verify failed|has expired)|server gave HTTP response to HTTPS client|tls: (failed|first record|bad|handshake|unknown)/i,
    whose: "network",
    why: "The server's TLS certificate is not trusted: a proxy or firewall inspects the traffic, or the registry has a certificate of its own.",
    fix: "Exclude the traffic to AWS and to the registry from inspection, or use a public certificate for the registry. On EC2, Docker can trust the registry's certificate authority.",
    page: PAGES.connectivity,
  },
  {
    says: "`Could not reach any registry endpoint`; `dial tcp`, `i/o timeout` and similar, for a registry other than ECR",
    pattern: new RegExp(
      `(${REGISTRY_ELSEWHERE}).*(${NO_ANSWER.source})|(${NO_ANSWER.source}).*(${REGISTRY_ELSEWHERE})|not reach any registry`,
      "i",
    ),
    whose: "network",
    why: "The task cannot reach the registry of its image, which is on the internet. VPC endpoints do not lead there. If the image is in ECR, its name lacks the registry.",
    fix: `In a public subnet, set assignPublicIp to ENABLED; in a private one, route to a NAT gateway; allow outbound TCP port 443. Or copy the image to ECR, or use a pull-through cache. ${RUNBOOK}`,
    page: PAGES.connectivity,
  },
  {
    says: "`There is a connection issue between the task and ...`, `i/o timeout`, `context deadline exceeded`, `request canceled while waiting for connection`, `RequestError: send request failed`, `signal: killed`",
    pattern: new RegExp(
      `${NO_ANSWER.source}|pull command failed: (panic|context|: ?signal|$)|unable to pull secrets or registry auth: pull command failed|invalid memory address or nil pointer`,
      "i",
    ),
    whose: "network",
    why: "The task got no answer: it has no route to the service, or a security group or network ACL blocks TCP port 443.",
    fix: NO_ROUTE,
    page: PAGES.connectivity,
  },
];
