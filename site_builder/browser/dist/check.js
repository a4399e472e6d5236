/*! badgepress, Apache-2.0; licences of what is bundled: LICENSES.txt */
"use strict";(()=>{})();
