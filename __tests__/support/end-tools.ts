import { endSharedTools } from "./shared-tools";

export default endSharedTools;
