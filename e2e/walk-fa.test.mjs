import { walk } from "./walk.mjs";

walk("fa");
