import { permissionsRemain } from "../support/permissions-remain";

permissionsRemain();
