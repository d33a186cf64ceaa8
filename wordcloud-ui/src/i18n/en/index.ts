/** All texts of the page in English. */
import { auth } from './auth.ts';
import { cloud } from './cloud.ts';
import { clouds } from './clouds.ts';
import { common } from './common.ts';
import { create } from './create.ts';
import { errors } from './errors.ts';
import { system } from './system.ts';

export default { common, auth, create, cloud, clouds, system, errors };
