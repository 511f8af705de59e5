import type { TaskDefinition } from "@aws-sdk/client-ecs";
import { OF_FILE_SYSTEMS, type UnknownField } from "../../needs/unknown-field";
import { blocksIn, hasUnknown, maskOf, type Plan, type PlannedResource } from "./json/plan-json";
import { waitsFor } from "./json/waits-for";

/** The AWS provider's blocks have the names of the ECS API, in snake case. */
export function volumesOf(plan: Plan, definition: PlannedResource): TaskDefinition["volumes"] {
  return volumesIn(plan, definition)
    .filter(({ isKnown }) => isKnown)
    .map(({ block: { name, fsx_windows_file_server_volume_configuration: [fsx] = [] } }) => ({
      name,
      ...(fsx && {
        fsxWindowsFileServerVolumeConfiguration: {
          fileSystemId: fsx.file_system_id,
          rootDirectory: "/",
          authorizationConfig: {
            credentialsParameter: fsx.authorization_config?.[0]?.credentials_parameter,
            domain: "",
          },
        },
      }),
    })) as TaskDefinition["volumes"];
}

/** The volumes whose file system or credentials are not known. */
export function unknownVolumesOf(plan: Plan, definition: PlannedResource): UnknownField[] {
  return volumesIn(plan, definition)
    .filter(({ isKnown }) => !isKnown)
    .map(({ block: { name } }) => ({
      container: name === undefined ? "task" : `volume ${name}`,
      field: "volume",
      waitsFor: waitsFor(plan, definition, "volume"),
      mayNeed: OF_FILE_SYSTEMS,
    }));
}

function volumesIn(plan: Plan, definition: PlannedResource) {
  return blocksIn<VolumeBlock>(plan, definition, "volume").map(({ block, mask }) => ({
    block,
    isKnown: !hasUnknown(maskOf(mask, "fsx_windows_file_server_volume_configuration")),
  }));
}

interface VolumeBlock {
  readonly name?: string;
  readonly fsx_windows_file_server_volume_configuration?: readonly {
    readonly file_system_id: string;
    readonly authorization_config?: readonly { readonly credentials_parameter: string }[];
  }[];
}
