import { type KnownReason, PAGES } from "../model/known-reason";

/** EFS, FSx and EBS volumes, volumes of the instance, and gMSA. */
export const VOLUMES: readonly KnownReason[] = [
  {
    says: '`failed to invoke EFS utils commands` ... `Failed to resolve "fs-...efs...amazonaws.com"`',
    pattern:
      /(\bEFS\b|s3files|fs-[0-9a-f]{8,}).*(Failed to resolve|Name or service not known|no mount target|cannot find.*mount target|DNS name)/i,
    whose: "network",
    why: "The task cannot resolve the file system's name: the file system has no mount target in the task's Availability Zone, the VPC's DNS is off, or the file system ID is wrong.",
    fix: "Create a mount target in every Availability Zone of the task's subnets, enable DNS resolution and DNS hostnames of the VPC, and allow TCP port 2049 from the task's security group to the mount targets.",
    page: PAGES.efs,
  },
  {
    says: "`failed to invoke EFS utils commands` ... `Connection timed out`, `Connection refused`, `Connection reset by peer`",
    pattern:
      /(\bEFS utils|\bnfs4?\b).*(timed out|due to timeout|Connection (refused|reset)|mount system call failed|No route to host|i\/o timeout|deadline exceeded|signal: killed)/i,
    whose: "network",
    why: "The task cannot reach the EFS mount target on the NFS port.",
    fix: "Allow TCP port 2049 from the task's security group in the security group of the mount targets, and outbound from the task. Check the network ACLs, and that each Availability Zone of the task has a mount target.",
    page: PAGES.efs,
  },
  {
    says: "`failed to invoke EFS utils commands` ... `access denied by server while mounting`",
    pattern: /access denied by server|\bnfs4?\b.*(Permission denied|Operation not permitted)|elasticfilesystem:Client/i,
    whose: "taskRole",
    why: "EFS denied the mount. With IAM authorization EFS checks the task role; without it, the file system policy applies to everyone.",
    fix: "Allow elasticfilesystem:ClientMount and ClientWrite in the task role and in the file system policy, and set transitEncryption and authorizationConfig.iam to ENABLED in the volume. With an access point, the role must be allowed to use this access point.",
    page: PAGES.efs,
  },
  {
    says: "`failed to invoke EFS utils commands` ... `No such file or directory`",
    pattern: /(\bEFS utils|\bnfs4?\b).*(No such file or directory|does not exist)/i,
    whose: "fileSystem",
    why: "The volume's rootDirectory, or its access point, does not exist in the file system. EFS does not create it.",
    fix: "Create the directory, or use an access point that creates it (creation_info). Check the IDs in the volume.",
    page: PAGES.efs,
  },
  {
    says: "`CannotCreateContainerError` ... `failed to chown ... operation not permitted`",
    pattern: /failed to chown|chown .*operation not permitted|copying? up files/i,
    whose: "fileSystem",
    why: "Docker copies the image's files into the empty volume and is not allowed to change their owner, because the EFS access point sets another user.",
    fix: "Mount the volume on a path that is empty in the image, or give the access point the user ID of the image.",
    page: PAGES.efs,
  },
  {
    says: "`failed to invoke EFS utils commands to set up EFS volumes`",
    pattern: /EFS utils|set up EFS volumes|mount\.nfs4/i,
    whose: "fileSystem",
    why: "The task could not mount its EFS file system: no mount target in its Availability Zone, port 2049 closed, or a directory or access point that does not exist.",
    fix: "Check the mount targets, TCP port 2049 between the security groups, the DNS of the VPC, and rootDirectory or the access point in the volume.",
    page: PAGES.efs,
    others: [
      {
        whose: "taskRole",
        why: "With IAM authorization, the task role is not allowed to mount the file system.",
        fix: "Allow elasticfilesystem:ClientMount and ClientWrite in the task role.",
      },
    ],
  },
  {
    says: "`fsx:DescribeFileSystems` is denied",
    pattern: /fsx:DescribeFileSystems|fsx describing filesystem.*(AccessDenied|not authorized)/i,
    whose: "executionRole",
    why: "The execution role is not allowed to describe the FSx for Windows file system.",
    fix: "List the file system in fsxFileSystems.",
    field: "fsxFileSystems",
    page: PAGES.fsx,
  },
  {
    says: "`fsx describing filesystem(s) ... FileSystemNotFound`",
    pattern: /fsx.*(FileSystemNotFound|does not exist|not found)/i,
    whose: "definition",
    why: "The FSx file system does not exist in this account and Region.",
    fix: "Correct fileSystemId in the volume.",
    page: PAGES.fsx,
  },
  {
    says: "`invalid credentials for mounting fsxwindowsfileserver volume`, `failed to verify fsxwindowsfileserver resource map`",
    pattern: /fsx ?windows ?file ?server|SmbGlobalMapping|\bfsx\b/i,
    whose: "fileSystem",
    why: "The container instance could not mount the FSx for Windows file system: the user name or password in credentialsParameter is wrong, the instance is not in the domain, or SMB (TCP port 445) is closed.",
    fix: "Check the secret or the parameter (username, password), the domain, and port 445. The execution role reads the secret: list it in secrets or parameters.",
    page: PAGES.fsx,
  },
  {
    says: "`ECS timed out while configuring the EBS volume`, `VolumeAttachment`",
    pattern:
      /\bEBS\b|ebs volume|VolumeAttachment|volume attachment|ec2:(CreateVolume|AttachVolume|DetachVolume|DeleteVolume)/i,
    whose: "infrastructureRole",
    why: "ECS could not create or attach the EBS volume. It does so with the infrastructure role.",
    fix: "Attach AmazonECSInfrastructureRolePolicyForVolumes to that role, let its trust policy name ecs.amazonaws.com, allow it to use the volume's KMS key, and check the quota for volumes. The reason of the attachment in describe-tasks says more.",
    page: PAGES.ebs,
  },
  {
    says: "`CannotCreateVolumeError`, `bind source path does not exist`",
    pattern:
      /CannotCreateVolumeError|bind source path does not exist|VolumeDriver|Duplicate mount point|invalid mount config|invalid volume specification/i,
    whose: "definition",
    why: "The container instance cannot create the volume as the task definition describes it.",
    fix: "Correct the volume, its driver or its host path; a Docker volume driver must be installed on the instance.",
    page: PAGES.stopped,
  },
  {
    says: "a gMSA credential specification in S3 that cannot be read",
    pattern: /cred(ential)?.?spec.*(\bs3\b|s3:)|\bs3\b.*cred(ential)?.?spec/i,
    whose: "executionRole",
    why: "The execution role is not allowed to read the gMSA credential specification in S3, or the file does not exist.",
    fix: "List the object in credentialSpecs.",
    field: "credentialSpecs",
    page: PAGES.gmsa,
  },
  {
    says: "`invalid credentialspec`, `failed to create kerberos tickets`, `domainless gMSA user`",
    pattern: /cred(ential)?.?spec|kerberos tickets|\bgMSA\b/i,
    whose: "definition",
    why: "The gMSA credential specification, or the user that it names, cannot be used.",
    fix: "Check the specification, its ARN in credentialSpecs, the secret of the domain user (list it in secrets) and the credentials-fetcher daemon on the instance.",
    page: PAGES.gmsa,
  },
];
