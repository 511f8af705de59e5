import { endSharedParts } from "./shared-parts";

export default endSharedParts;
