import { databaseFor } from "./city.mjs";
import { walk } from "./walk.mjs";

// One language on each engine, where there is a server.
walk("en", { database: () => databaseFor("walk_en") });
