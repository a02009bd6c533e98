import htmx from "htmx.org/dist/htmx.esm.js";
import { start } from "./js/page.js";
import { turn } from "./js/wall.js";

document.documentElement.classList.add("js");
start(htmx);
turn();
