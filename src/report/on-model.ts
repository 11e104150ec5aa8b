/** What a report that is passed on says of itself. */

import { MODEL } from "../kernel/versions/model-version.js";

export const ON_MODEL = `Judged on stalemap's model of the kernel (model ${MODEL}).`;
